using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace RagCaching;

/// <summary>Settings of a <see cref="RedisVectorJournal"/>.</summary>
public sealed class RedisJournalOptions
{
    /// <summary>Gets or sets how the server is reached.</summary>
    /// <value>
    /// A configuration of StackExchange.Redis. Where it does not say otherwise, a server that is out of reach fails at once: <c>abortConnect=false</c>, no backlog, 1 second to connect, 2 seconds for a
    /// command. Not used where <see cref="ConnectionFactory"/> is set.
    /// </value>
    public string Configuration { get; set; } = "";

    /// <summary>Gets or sets what gives a connection that the host has already.</summary>
    /// <value>Default none: the journal makes its own connection and closes it. A connection that is given stays open.</value>
    public Func<Task<IConnectionMultiplexer>>? ConnectionFactory { get; set; }

    /// <summary>Gets or sets what all keys begin with: one journal is one name.</summary>
    /// <value>1 to 64 letters, digits and <c>. : _ -</c>; default <c>ragcaching</c>. It stands in braces in the keys, so that in a cluster all of them are in one slot.</value>
    public string Name { get; set; } = "ragcaching";

    /// <summary>Gets or sets how many changes are kept for instances that have not read them yet.</summary>
    /// <value>From 1,000 to 10,000,000; default 100,000. An instance that was away for more changes loads everything again.</value>
    [Range(1_000, 10_000_000)]
    public int KeptChanges { get; set; } = 100_000;
}
