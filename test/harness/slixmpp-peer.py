"""A person on slixmpp: orders come as JSON lines on standard input, what happens goes out as JSON lines."""
import asyncio
import base64
import hashlib
import io
import json
import ssl
import sys
import threading
from xml.etree import ElementTree as ET

import aiohttp
import slixmpp

MUC_USER = "http://jabber.org/protocol/muc#user"


# The library itself prints now and then: that must not get among the lines that are read.
lines, sys.stdout = sys.stdout, sys.stderr


def say(**happened):
    print(json.dumps(happened), file=lines, flush=True)


class Peer(slixmpp.ClientXMPP):
    def __init__(self, settings):
        super().__init__(settings["address"], settings["password"])
        self.settings = settings
        self.ca_certs = settings["ca"]
        self.ssl_context.check_hostname = True
        self.ssl_context.verify_mode = ssl.CERT_REQUIRED
        for plugin in ("xep_0030", "xep_0045", "xep_0054", "xep_0066", "xep_0084", "xep_0085", "xep_0172", "xep_0184", "xep_0191",
                       "xep_0199", "xep_0203", "xep_0249", "xep_0280", "xep_0363"):
            self.register_plugin(plugin)
        self.roster.auto_authorize = None
        self.roster.auto_subscribe = False
        self.add_event_handler("session_start", self.started)
        self.add_event_handler("failed_all_auth", lambda _: say(type="refused"))
        self.add_event_handler("disconnected", lambda _: say(type="disconnected"))
        self.add_event_handler("message", self.heard)
        self.add_event_handler("receipt_received", self.receipt)
        for name in ("composing", "paused", "active"):
            self.add_event_handler("chatstate_" + name, self.chat_state)
        self.add_event_handler("avatar_metadata_publish", self.avatar)
        self.add_event_handler("user_nick_publish", self.nick)
        self.add_event_handler("groupchat_message", self.heard_in_room)
        self.add_event_handler("groupchat_subject", self.topic)
        self.add_event_handler("groupchat_direct_invite", self.invited_straight)
        self.add_event_handler("groupchat_invite", self.invited)
        self.add_event_handler("groupchat_presence", self.in_room)
        self.add_event_handler("changed_status", self.presence)
        self.add_event_handler("presence_unavailable", self.presence)
        for name in ("subscribe", "subscribed", "unsubscribe", "unsubscribed"):
            self.add_event_handler("presence_" + name, self.subscription)

    async def started(self, _):
        await self.get_roster()
        self.send_presence()
        say(type="online", address=self.boundjid.full)

    def heard(self, message):
        if message["type"] in ("chat", "normal") and message["body"]:
            say(type="message", sender=message["from"].bare, body=message["body"], id=message["id"],
                address=message["oob"]["url"] if message.get_plugin("oob", check=True) else "",
                wantsReceipt=bool(message.get_plugin("request_receipt", check=True)))

    def heard_in_room(self, message):
        if message["body"]:
            say(type="room-message", room=message["from"].bare, nick=message["mucnick"], body=message["body"],
                id=message["id"])

    def topic(self, message):
        say(type="topic", room=message["from"].bare, topic=message["subject"])

    def invited_straight(self, message):
        say(type="invitation", room=str(message["groupchat_invite"]["jid"]), sender=message["from"].bare)

    def invited(self, message):
        say(type="invitation", room=message["from"].bare, sender=message["from"].bare)

    async def in_room(self, presence):
        if presence.xml.find(".//{*}status[@code='201']") is not None:
            # A new room waits to be told how it shall be, and until then is not there for others (XEP-0045 section 10.1.2).
            iq = self.make_iq_set(ito=presence["from"].bare)
            iq.append(ET.fromstring("<query xmlns='http://jabber.org/protocol/muc#owner'>"
                                    "<x xmlns='jabber:x:data' type='submit'/></query>"))
            await iq.send()
        say(type="room-presence", room=presence["from"].bare, nick=presence["from"].resource,
            kind=presence["type"], role=presence["muc"]["role"])

    def receipt(self, message):
        say(type="receipt", sender=message["from"].bare, of=message["receipt"])

    def chat_state(self, message):
        say(type="chat-state", sender=message["from"].bare, state=message["chat_state"])

    def presence(self, presence):
        if presence["from"].bare != self.boundjid.bare:
            show = presence["type"]
            say(type="presence", sender=presence["from"].bare, show=show, status=presence["status"])

    async def avatar(self, message):
        for item in message["pubsub_event"]["items"]:
            for info in item["avatar_metadata"]["items"]:
                found = await self["xep_0084"].retrieve_avatar(message["from"], info["id"])
                data = found["pubsub"]["items"]["item"]["avatar_data"]["value"]
                say(type="avatar", sender=message["from"].bare, id=info["id"], bytes=base64.b64encode(data).decode())

    def nick(self, message):
        nick = message["pubsub_event"]["items"]["item"]["nick"]["nick"]
        say(type="nick", sender=message["from"].bare, nick=nick)

    async def publish_avatar(self, data):
        avatars = self["xep_0084"]
        await avatars.publish_avatar(data)
        info = {"id": avatars.generate_id(data), "type": "image/png", "bytes": len(data)}
        await avatars.publish_avatar_metadata(items=[info])

    async def read_card(self, of):
        found = await self["xep_0054"].get_vcard(of, cached=False)
        say(type="card", sender=of, name=found["vcard_temp"]["FN"])

    async def publish_card(self, name):
        card = self["xep_0054"].make_vcard()
        card["FN"] = name
        await self["xep_0054"].publish_vcard(card)

    async def told(self, work):
        try:
            await work
        except Exception as error:
            say(type="failed", error=repr(error))

    async def send_file(self, to, name, data):
        # Its own search stumbles over Python 3.11 (1.8.3), so it is told where its server takes files.
        self["xep_0363"].upload_service = slixmpp.JID("upload." + self.boundjid.domain)
        address = await self["xep_0363"].upload_file(name, size=len(data), input_file=io.BytesIO(data))
        message = self.make_message(mto=to, mbody=address, mtype="chat")
        message["id"] = self.new_id()
        message["oob"]["url"] = address
        message.send()
        say(type="written", id=message["id"])

    async def fetch_file(self, address):
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as answer:
                say(type="file", hash=hashlib.sha256(await answer.read()).hexdigest())

    def subscription(self, presence):
        say(type="subscription", sender=presence["from"].bare, kind=presence["type"])

    def obey(self, order):
        what = order.pop("do")
        if what == "send":
            message = self.make_message(mto=order["to"], mbody=order["body"], mtype="chat")
            message["id"] = self.new_id()
            if order.get("receipt"):
                message["request_receipt"] = True
            message.send()
            say(type="written", id=message["id"])
        elif what == "chat-state":
            message = self.make_message(mto=order["to"], mtype="chat")
            message["chat_state"] = order["state"]
            message.send()
        elif what == "join":
            self["xep_0045"].join_muc(order["room"], order["nick"])
        elif what == "say":
            message = self.make_message(mto=order["room"], mbody=order["body"], mtype="groupchat")
            message["id"] = self.new_id()
            message.send()
            say(type="written", id=message["id"])
        elif what == "topic":
            self.make_message(mto=order["room"], msubject=order["topic"], mtype="groupchat").send()
        elif what == "leave":
            self["xep_0045"].leave_muc(order["room"], order["nick"])
        elif what == "put-out":
            call = self["xep_0045"].set_role(order["room"], order["nick"], "none", reason=order["why"])
            asyncio.ensure_future(call)
        elif what == "ban":
            call = self["xep_0045"].set_affiliation(order["room"], "outcast", jid=order["whom"])
            asyncio.ensure_future(call)
        elif what == "invite":
            message = self.make_message(mto=order["room"])
            invite = ET.SubElement(ET.SubElement(message.xml, "{%s}x" % MUC_USER), "{%s}invite" % MUC_USER)
            invite.set("to", order["whom"])
            ET.SubElement(invite, "{%s}reason" % MUC_USER).text = order["why"]
            message.send()
        elif what == "invite-straight":
            self["xep_0249"].send_invitation(order["whom"], order["room"], reason=order["why"])
        elif what == "presence":
            self.send_presence(pshow=order.get("show"), pstatus=order.get("status"))
        elif what == "subscription":
            self.send_presence(pto=order["to"], ptype=order["kind"])
        elif what == "displayed":
            message = self.make_message(mto=order["to"], mtype="chat")
            marker = ET.SubElement(message.xml, "{urn:xmpp:chat-markers:0}displayed")
            marker.set("id", order["id"])
            message.send()
        elif what == "avatar":
            asyncio.ensure_future(self.publish_avatar(base64.b64decode(order["bytes"])))
        elif what == "nick":
            asyncio.ensure_future(self["xep_0172"].publish_nick(order["nick"]))
        elif what == "card":
            asyncio.ensure_future(self.publish_card(order["name"]))
        elif what == "read-card":
            asyncio.ensure_future(self.read_card(order["of"]))
        elif what == "send-file":
            asyncio.ensure_future(self.told(self.send_file(order["to"], order["name"], base64.b64decode(order["bytes"]))))
        elif what == "fetch-file":
            asyncio.ensure_future(self.told(self.fetch_file(order["address"])))
        elif what == "end":
            self.disconnect()


def listen(peer):
    """Reads on a thread of its own: Node's pipes are sockets, which asyncio's pipe reader does not always hear."""
    for line in sys.stdin:
        peer.loop.call_soon_threadsafe(peer.obey, json.loads(line))
    peer.loop.call_soon_threadsafe(peer.disconnect)


if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    settings["password"] = sys.stdin.readline().rstrip("\n")
    asyncio.set_event_loop(asyncio.new_event_loop())
    peer = Peer(settings)
    peer.connect((settings["host"], settings["port"]), disable_starttls=False)
    threading.Thread(target=listen, args=(peer,), daemon=True).start()
    peer.loop.run_until_complete(peer.disconnected)
