-- Rooms of this server lose, without a word, whoever's line is down: what XEP-0410 is for.
local function forget(room, real_jid)
	local occupant_jid = room:get_occupant_jid(real_jid);
	if not occupant_jid then return; end
	room._jid_nick[real_jid] = nil;
	room._occupants[occupant_jid] = nil;
end

module:hook("smacks-hibernation-start", function(event)
	for _, host in pairs(prosody.hosts) do
		if host.modules and host.modules.muc then
			for room in host.modules.muc.each_room() do forget(room, event.origin.full_jid); end
		end
	end
end);
