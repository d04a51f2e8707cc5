using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace RagCaching.Postgres.Database;

/// <summary>The tables, and the names of what belongs to one journal.</summary>
/// <remarks>
/// Appending transactions wait for each other (an advisory lock that ends with the transaction, so it works behind poolers), so versions are visible in their order: no commit is overtaken. Names (digests of
/// partitions, owners, labels and models) are stored once and numbered; each knows when the last row that uses it will have expired.
/// </remarks>
internal sealed class Schema(string name)
{
    /// <summary>The version of the tables that this code writes.</summary>
    public const int Format = 1;

    /// <summary>Gets the schema as it stands in SQL; the options have checked that it needs no escaping.</summary>
    public string Name { get; } = $"\"{name}\"";

    /// <summary>Gets the channel of notifications.</summary>
    public string Channel { get; } = $"{name}_changes";

    /// <summary>Gets the key of the lock under which changes are appended and tables are made.</summary>
    public long LockKey { get; } = (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes($"ragcaching/{name}".AsSpan()));

    /// <summary>Gets the text that makes the tables.</summary>
    public string Create => $"""
        CREATE SCHEMA IF NOT EXISTS {Name};
        CREATE TABLE {Name}.state (
            id int PRIMARY KEY CHECK (id = 1),
            format int NOT NULL,
            incarnation text NOT NULL,
            version bigint NOT NULL,
            trimmed bigint NOT NULL,
            last_removal bigint NOT NULL,
            key_check text NOT NULL,
            model text,
            dimensions int);
        CREATE TABLE {Name}.names (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, expires bigint NOT NULL);
        CREATE TABLE {Name}.entries (
            version bigint NOT NULL UNIQUE,
            created bigint NOT NULL,
            expires bigint NOT NULL,
            origin bigint NOT NULL,
            partition int NOT NULL,
            owner int,
            model int,
            id text NOT NULL,
            labels int[] NOT NULL,
            metadata bytea NOT NULL,
            vector bytea NOT NULL,
            payload bytea NOT NULL,
            PRIMARY KEY (partition, id));
        CREATE INDEX entries_expiry ON {Name}.entries (expires);
        CREATE TABLE {Name}.events (
            version bigint PRIMARY KEY,
            kind int NOT NULL,
            at bigint NOT NULL,
            origin bigint NOT NULL,
            partition int,
            id text,
            labels int[] NOT NULL,
            created_before bigint,
            content bytea NOT NULL);
        CREATE TABLE {Name}.leases (name text PRIMARY KEY, token text NOT NULL, until bigint NOT NULL);
        """;
}
