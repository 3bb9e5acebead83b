-- The modules for SASL2, Bind 2 and FAST in Debian's prosody-modules were written for a Prosody newer than Debian's 0.12. Without
-- what is supplied here they let every login hang. For tests only; nothing of Kith needs it.

local datetime = require "util.datetime";
local stanza = require "util.stanza".stanza_mt;

-- Used by mod_sasl2_fast: an attribute of a child that may be missing.
if stanza.get_child_attr == nil then
	function stanza:get_child_attr(name, namespace, attribute)
		local child = self:get_child(name, namespace);
		if child ~= nil then return child.attr[attribute]; end
	end
end

-- Tokens expire at fractions of a second, and Lua 5.4 writes no dates of those.
do
	local whole = datetime.datetime;
	local probe = pcall(whole, 0.5);
	if not probe then
		function datetime.datetime(moment)
			if moment ~= nil then moment = moment // 1 | 0; end
			return whole(moment);
		end
	end
end

-- What mod_sasl2 wants to know of the encryption is there under another name.
local function lend(connection, method, of_socket)
	if connection == nil or connection[method] ~= nil then return; end
	connection[method] = function (self, ...)
		local socket = self:socket();
		local ask = socket and socket[of_socket];
		if ask ~= nil then return ask(socket, ...); end
	end
end

-- Before anyone else makes features: mod_sasl2_fast offers tokens only to a stream that says who it is from, and 0.12 tells nobody.
module:hook("stream-features", function (event)
	lend(event.origin.conn, "ssl_info", "info");
	lend(event.origin.conn, "ssl_peerfinished", "getpeerfinished");
	lend(event.origin.conn, "ssl_exportkeyingmaterial", "exportkeyingmaterial");
	if event.stream == nil then event.stream = { from = "anyone@" .. module.host }; end
end, 10000);

-- 0.12's own SASL makes a handler anew that knows of no channel binding; the one for tokens takes over what that knows.
module:hook("stanza/urn:xmpp:sasl:2:authenticate", function (event)
	local session, tokens = event.origin, event.origin.fast_sasl_handler;
	if tokens == nil or event.stanza:get_child("fast", "urn:xmpp:fast:0") == nil then return; end
	session.sasl_handler.profile.cb = tokens.profile.cb;
	session.sasl_handler.userdata = tokens.userdata;
end, 10000);

-- After everyone else: who is bound is not offered to be bound once more.
module:hook("stream-features", function (event)
	if event.origin.full_jid == nil then return; end
	event.features:maptags(function (tag)
		if tag.name ~= "bind" and tag.name ~= "session" then return tag; end
	end);
end, -10000);
