using StackExchange.Redis;

namespace RagCaching.Import.Databases;

/// <summary>Finds the servers that together have all keys.</summary>
internal static class RedisPrimaries
{
    /// <summary>Gets the primary servers.</summary>
    /// <exception cref="InvalidOperationException">One of them is not connected: its keys would be missing without a word.</exception>
    public static IReadOnlyList<IServer> Of(IConnectionMultiplexer connection)
    {
        var servers = connection.GetServers().Where(server => server.IsConnected && !server.IsReplica).ToArray();
        if (servers.Length == 0)
        {
            throw new InvalidOperationException("No primary server of Redis is connected.");
        }

        // A cluster tells who has slots; a server that is known by two names is read once.
        return servers.Select(server => server.ClusterConfiguration).FirstOrDefault(cluster => cluster is not null) is { } cluster
            ? [.. cluster.Nodes.Where(node => !node.IsReplica && node.Slots.Count > 0).Select(node => Find(servers, node))]
            : servers;
    }

    private static IServer Find(IServer[] servers, ClusterNode node) => Array.Find(servers, server => Equals(server.EndPoint, node.EndPoint))
        ?? throw new InvalidOperationException($"The primary {node.EndPoint} of the cluster, which has {node.Slots.Sum(range => range.To - range.From + 1)} slots, is not connected: its keys would be missing.");
}
