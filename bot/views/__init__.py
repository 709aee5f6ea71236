"""Pure functions from models to blocks and views, one file a feature."""
