namespace RagCaching.VectorStores;

/// <summary>A store through which instances agree on who generates an answer.</summary>
internal interface IGenerationLeases
{
    /// <summary>Gets a value indicating whether they do.</summary>
    bool AreShared { get; }

    /// <summary>Tries to become the one that generates the answer of an entry.</summary>
    /// <returns>A token to give back; <see langword="null"/> if another instance does.</returns>
    ValueTask<string?> TryAcquireAsync(string partition, string id, CancellationToken cancellationToken);

    /// <summary>Tells whether an instance is generating the answer of an entry.</summary>
    ValueTask<bool> IsAcquiredAsync(string partition, string id, CancellationToken cancellationToken);

    /// <summary>Takes in an entry that another instance may just have written.</summary>
    /// <returns>Whether there is one.</returns>
    ValueTask<bool> FetchAsync(string partition, string id, CancellationToken cancellationToken);

    /// <summary>Lets others go on, once what this instance has written can be read by them.</summary>
    ValueTask ReleaseAsync(string partition, string id, string token, CancellationToken cancellationToken);
}
