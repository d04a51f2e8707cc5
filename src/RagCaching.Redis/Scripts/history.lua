-- Names the history that the server replicates: another one after a fail-over or a restart.
return string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
