-- Appends a batch of changes in one step: entries, indexes and the stream of changes.
-- KEYS: 1 state, 2 index by version, 3 index by expiry, 4 stream
-- ARGV: 1 prefix of keys, 2 time in ms, 3 origin, 4 kept changes, 5 channel, then the changes: kind and its fields
-- Value of an entry: version(20) created(20) origin(20) length of labels(10) length of metadata(10) labels metadata rest
local prefix, now, origin, kept, channel = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), ARGV[5]
local version = tonumber(redis.call('HGET', KEYS[1], 'version'))
if not version then
    return redis.error_reply('NOSTATE The journal has lost its state.')
end
local incarnation = redis.call('HGET', KEYS[1], 'incarnation')
local trimmed = tonumber(redis.call('HGET', KEYS[1], 'trimmed'))
local removal = tonumber(redis.call('HGET', KEYS[1], 'removal'))
local before = version

local function key(ref) return prefix .. 'e:' .. ref end

local function padded(number) return string.format('%020.0f', number) end

-- An error in the middle would leave half a batch, so whatever has taken the key of an entry makes room here.
local function get(ref)
    local value = redis.pcall('GET', key(ref))
    if type(value) == 'table' then
        redis.call('DEL', key(ref))
        return false
    end
    return value
end

-- Labels come as length:label one after the other; what is damaged has none from there on.
local function split(text)
    local found, at = {}, 1
    while at <= #text do
        local colon = string.find(text, ':', at, true)
        local length = colon and tonumber(string.sub(text, at, colon - 1))
        if not length or length < 0 then break end
        found[#found + 1] = string.sub(text, colon + 1, colon + length)
        at = colon + length + 1
    end
    return found
end

local function parts(value)
    local labels = tonumber(string.sub(value, 61, 70)) or 0
    local metadata = tonumber(string.sub(value, 71, 80)) or 0
    return string.sub(value, 21, 40), string.sub(value, 81, 80 + labels), string.sub(value, 81 + labels, 80 + labels + metadata), string.sub(value, 81 + labels + metadata)
end

local function delete(ref)
    local expires = redis.call('ZSCORE', KEYS[3], ref)
    local value = get(ref)
    if value then
        local _, labels = parts(value)
        for _, label in ipairs(split(labels)) do
            redis.call('SREM', prefix .. 'l:' .. label, ref)
        end
        redis.call('DEL', key(ref))
    end
    redis.call('ZREM', KEYS[2], ref)
    redis.call('ZREM', KEYS[3], ref)
    return value and expires and tonumber(expires) > now
end

local function write(kind, ref, by, ...)
    version = version + 1
    redis.call('XADD', KEYS[4], string.format('%.0f-1', version), 'k', kind, 'r', ref, 'o', by, ...)
end

local function partition(ref)
    local colon = string.find(ref, ':', 1, true)
    return string.sub(ref, colon + 1, colon + tonumber(string.sub(ref, 1, colon - 1)))
end

local function selected(ref, created, labels, wanted, limit, all)
    if wanted ~= '' and partition(ref) ~= string.sub(wanted, 2) then return false end
    if limit ~= '' and not (created < limit) then return false end
    local has = {}
    for _, label in ipairs(labels) do has[label] = true end
    for _, label in ipairs(all) do
        if not has[label] then return false end
    end
    return true
end

local function removedSince(ref, created, labels, since)
    local events = redis.call('XRANGE', KEYS[4], string.format('%.0f', since + 1), '+')
    local own = split(labels)
    for _, event in ipairs(events) do
        local fields = event[2]
        if fields[2] == '3' and fields[4] == ref then return true end
        if fields[2] == '4' and selected(ref, created, own, fields[8], fields[10], split(fields[12])) then return true end
    end
    return false
end

local receipts, at = {}, 6
local function take()
    at = at + 1
    return ARGV[at - 1]
end

while at <= #ARGV do
    local kind = take()
    local refused, affected = 0, 0
    if kind == '1' then
        local ref, since, era, created, expires, labels, metadata, rest = take(), take(), take(), take(), tonumber(take()), take(), take(), take()
        local known = since == '' and math.huge or tonumber(since)
        if (era ~= '' and era ~= incarnation) or known < trimmed or (known < removal and removedSince(ref, created, labels, known)) then
            refused = 1
        else
            if version == before then
                -- A script that has written may go on above the memory limit of the server; this changes nothing, and is refused there.
                redis.call('HSET', KEYS[1], 'version', string.format('%.0f', version))
            end
            delete(ref)
            write('1', ref, origin)
            if expires > now then
                local value = padded(version) .. created .. origin .. string.format('%010d%010d', #labels, #metadata) .. labels .. metadata .. rest
                redis.call('SET', key(ref), value, 'PX', string.format('%.0f', expires - now + 3600000))
                redis.call('ZADD', KEYS[2], version, ref)
                redis.call('ZADD', KEYS[3], expires, ref)
                for _, label in ipairs(split(labels)) do
                    redis.call('SADD', prefix .. 'l:' .. label, ref)
                end
            end
            affected = 1
        end
    elseif kind == '2' then
        local ref, created, metadata = take(), take(), take()
        local value = get(ref)
        local expires = redis.call('ZSCORE', KEYS[3], ref)
        if value and expires and tonumber(expires) > now and string.sub(value, 21, 40) == created then
            local _, labels, _, rest = parts(value)
            local nobody = padded(0)
            write('1', ref, nobody)
            redis.call('SET', key(ref), padded(version) .. created .. nobody .. string.format('%010d%010d', #labels, #metadata) .. labels .. metadata .. rest, 'KEEPTTL')
            redis.call('ZADD', KEYS[2], version, ref)
            affected = 1
        end
    elseif kind == '3' then
        local ref = take()
        affected = delete(ref) and 1 or 0
        write('3', ref, origin)
        removal = version
    elseif kind == '4' then
        local wanted, limit, labels = take(), take(), take()
        local all = split(labels)
        local candidates
        if #all > 0 then
            local sets = {}
            for i, label in ipairs(all) do sets[i] = prefix .. 'l:' .. label end
            candidates = redis.call('SINTER', unpack(sets))
        else
            candidates = redis.call('ZRANGE', KEYS[2], 0, -1)
        end
        for _, ref in ipairs(candidates) do
            local value = redis.pcall('GETRANGE', key(ref), 20, 39)
            if value == '' or type(value) == 'table' then
                -- The server has evicted it, or it is no entry.
                delete(ref)
                for _, label in ipairs(all) do redis.call('SREM', prefix .. 'l:' .. label, ref) end
            elseif selected(ref, value, all, wanted, limit, all) and delete(ref) then
                affected = affected + 1
            end
        end
        write('4', '', origin, 'p', wanted, 'c', limit, 'l', labels)
        removal = version
    else
        local topic, content = take(), take()
        write('5', topic, origin, 'b', content)
    end
    receipts[#receipts + 1] = string.format('%.0f', version)
    receipts[#receipts + 1] = refused
    receipts[#receipts + 1] = affected
end

if version ~= before then
    if redis.call('XTRIM', KEYS[4], 'MAXLEN', '~', kept) > 0 then
        local first = redis.call('XRANGE', KEYS[4], '-', '+', 'COUNT', 1)[1]
        if first then trimmed = tonumber(string.match(first[1], '^(%d+)')) - 1 end
    end
    redis.call('HSET', KEYS[1], 'version', string.format('%.0f', version), 'trimmed', string.format('%.0f', trimmed), 'removal', string.format('%.0f', removal))
    redis.call('PUBLISH', channel, '')
end

-- A few entries that have expired go with each batch.
for _, ref in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 50)) do
    delete(ref)
end
return receipts
