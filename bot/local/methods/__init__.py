"""The Web API methods the bot uses, one file a family, as Slack groups them."""

from bot.local.methods.apps import APPS
from bot.local.methods.chat import CHAT
from bot.local.methods.conversations import CONVERSATIONS
from bot.local.methods.method import Method
from bot.local.methods.users import USERS
from bot.local.methods.views import VIEWS

METHODS: dict[str, Method] = APPS | CHAT | CONVERSATIONS | USERS | VIEWS
