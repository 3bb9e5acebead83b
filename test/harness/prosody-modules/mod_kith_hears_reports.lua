-- Writes down what people say to their server when they block somebody (XEP-0377), as it came.
module:hook("iq-set/self/urn:xmpp:blocking:block", function(event)
	module:log("info", "heard: %s", tostring(event.stanza));
end, 10);
