namespace RagCaching;

/// <summary>Settings of a <see cref="PostgresVectorJournal"/>.</summary>
public sealed class PostgresJournalOptions
{
    /// <summary>Gets or sets how the server is reached.</summary>
    /// <value>A connection string of Npgsql. A connect timeout of 3 seconds is used unless it names one.</value>
    public string ConnectionString { get; set; } = "";

    /// <summary>Gets or sets the schema with the tables: one journal is one schema.</summary>
    /// <value>1 to 48 small letters, digits and underscores, not beginning with a digit; default <c>ragcaching</c>. It is made when it is not there and the user may.</value>
    public string Schema { get; set; } = "ragcaching";

    /// <summary>Gets or sets a value indicating whether the server tells instances of changes (<c>LISTEN</c>).</summary>
    /// <value>Default <see langword="true"/>; one connection is kept for it. Behind a pooler in transaction mode it must be <see langword="false"/>; <see cref="PollInterval"/> is then the delay with which instances see each other.</value>
    public bool UseNotifications { get; set; } = true;

    /// <summary>Gets or sets how often the server is asked for changes where it does not tell of them.</summary>
    /// <value>From 1 millisecond to 10 seconds; default 25 milliseconds: one small query, some 0.2 milliseconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Gets or sets for how long removals are remembered, for instances that were away and for answers whose generation began before.</summary>
    /// <value>From 1 minute to 30 days; default 1 hour. An instance that was away for longer loads everything again.</value>
    public TimeSpan RemovalRetention { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how often expired entries are deleted.</summary>
    /// <value>From 1 second to 1 day; default 1 minute.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
