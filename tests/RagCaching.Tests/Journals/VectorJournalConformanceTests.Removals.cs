namespace RagCaching.Tests.Journals;

public abstract partial class VectorJournalConformanceTests
{
    public static TheoryData<string> Removals => ["id", "label", "two labels", "partition", "time", "everything"];

    private static JournalChange Removal(string kind) => kind switch
    {
        "id" => JournalChange.Remove("p", "a"),
        "label" => JournalChange.RemoveWhere(new VectorFilter { Labels = ["x"] }),
        "two labels" => JournalChange.RemoveWhere(new VectorFilter { Labels = ["x", "y"] }),
        "partition" => JournalChange.RemoveWhere(new VectorFilter { Partition = "p" }),
        "time" => JournalChange.RemoveWhere(new VectorFilter { CreatedBefore = Start.AddTicks(1) }),
        _ => JournalChange.RemoveWhere(new VectorFilter()),
    };

    private static VectorEntry Covered(byte[]? payload = null) => Entry("a", labels: ["x", "y", "z"], payload: payload);

    // What no removal but that of everything covers.
    private static VectorEntry NotCovered() => Entry("b", partition: "q", labels: ["y"], createdAt: Start.AddTicks(1));

    [Theory]
    [MemberData(nameof(Removals))]
    public async Task Append_ARemoval_TakesWhatItCovers(string kind)
    {
        var other = await OpenAsync();
        await Append(JournalChange.Upsert(Covered(), long.MaxValue), JournalChange.Upsert(NotCovered(), long.MaxValue));
        var before = await PositionAsync();

        var receipt = (await Append(Removal(kind)))[0];

        Assert.Equal(kind == "everything" ? 2 : 1, receipt.Affected);
        Assert.Equal(kind == "everything" ? [] : ["b"], (await SnapshotOf(other)).Select(entry => entry.Id));
        Assert.Null(await other.ReadAsync("p", "a", withVector: false, Token));
        var record = Assert.Single(await ChangesOf(other, before));
        Assert.Equal(receipt.Version, record.Version);
        Assert.True(record.Change.Covers(Covered()));
        Assert.Equal(kind == "everything", record.Change.Covers(NotCovered()));
        Assert.Equal(0, (await Append(Removal(kind)))[0].Affected);
    }

    [Theory]
    [MemberData(nameof(Removals))]
    public async Task Append_AWriteThatDoesNotKnowARemoval_IsRefused(string kind)
    {
        var before = await PositionAsync();
        var removal = (await Append(Removal(kind)))[0].Version;

        var old = await Upsert(Covered(), before.Version);
        var oldButNotCovered = await Upsert(NotCovered(), before.Version);
        var snapshot = await SnapshotOf(Journal);
        var current = await Upsert(Covered(payload: [2]), removal);

        Assert.True(old.IsRefused);
        Assert.True(old.Version >= removal);
        Assert.Equal(kind == "everything", oldButNotCovered.IsRefused);
        Assert.Equal(kind == "everything" ? [] : ["b"], snapshot.Select(entry => entry.Id));
        Assert.False(current.IsRefused);
        Assert.Equal([2], (await Journal.ReadAsync("p", "a", withVector: false, Token))!.Payload.ToArray());
    }

    [Fact]
    public async Task Append_ARefusedWrite_LeavesWhatIsThere()
    {
        var before = await PositionAsync();
        var removal = (await Append(Removal("label")))[0].Version;
        await Upsert(Covered(payload: [1]), removal);

        Assert.True((await Upsert(Covered(payload: [2]), before.Version)).IsRefused);

        Assert.Equal([1], (await Journal.ReadAsync("p", "a", withVector: false, Token))!.Payload.ToArray());
    }

    [Fact]
    public async Task Append_SeveralChangesOfOneEntry_CountInTheirOrder()
    {
        var receipts = await Append(
            JournalChange.Upsert(Covered(payload: [1]), long.MaxValue),
            Removal("label"),
            JournalChange.Upsert(Covered(payload: [2]), long.MaxValue),
            JournalChange.SetMetadata("p", "a", Start, new byte[] { 7 }));

        Assert.Equal([1, 1, 1, 1], receipts.Select(receipt => receipt.Affected));
        var entry = Assert.Single(await SnapshotOf(await OpenAsync()));
        Assert.Equal([2], entry.Payload.ToArray());
        Assert.Equal([7], entry.Metadata.ToArray());
    }

    [Fact]
    public async Task Append_Metadata_ReplacesThatOfTheSameEntryOnly()
    {
        var other = await OpenAsync();
        await Upsert(Covered());
        var before = await PositionAsync();

        var receipts = await Append(
            JournalChange.SetMetadata("p", "a", Start, new byte[] { 7 }),
            JournalChange.SetMetadata("p", "a", Start.AddTicks(1), new byte[] { 8 }),
            JournalChange.SetMetadata("p", "b", Start, new byte[] { 9 }));

        Assert.Equal([1, 0, 0], receipts.Select(receipt => receipt.Affected));
        Assert.Equal([7], (await other.ReadAsync("p", "a", withVector: false, Token))!.Metadata.ToArray());
        Assert.Equal("payload of a"u8.ToArray(), (await other.ReadAsync("p", "a", withVector: false, Token))!.Payload.ToArray());
        var change = (await ChangesOf(other, before)).Last().Change;
        Assert.Equal([7], (change.Entry?.Metadata ?? change.Content).ToArray());
        Assert.Equal(1, (await Append(Removal("two labels")))[0].Affected);
    }

    [Fact]
    public async Task Append_FromManyThreads_LosesNothingAndIsReadInOrder()
    {
        var journals = new List<IVectorJournal> { Journal };
        for (var i = 0; i < 3; i++)
        {
            journals.Add(await OpenAsync());
        }

        var before = await PositionAsync();
        var reader = await OpenAsync();
        var seen = new List<JournalRecord>();
        var writing = Task.WhenAll(journals.Select((journal, index) => Task.Run(
            async () =>
            {
                for (var i = 0; i < 25; i++)
                {
                    await journal.AppendAsync([JournalChange.Upsert(Entry($"{index}/{i}"), long.MaxValue), JournalChange.Upsert(Entry($"{index}/shared"), long.MaxValue)], Token);
                }
            },
            Token)));
        var position = before;
        while (true)
        {
            var isLast = writing.IsCompleted;
            var changes = await reader.ReadChangesAsync(position, 7, withPayloads: false, Token);
            seen.AddRange(changes.Records);
            position = changes.Position;
            if (isLast && !changes.HasMore)
            {
                break;
            }
        }

        await writing;
        var versions = seen.Select(record => record.Version).ToList();
        Assert.Equal(versions.Order().Distinct(), versions);
        Assert.Equal(104, seen.Select(record => record.Change.Id).Distinct().Count());
        Assert.Equal(104, (await SnapshotOf(reader)).Count);
    }

    [Fact]
    public async Task Leases_AreHeldByOneUntilReleasedOrOver()
    {
        if (Journal is not IJournalLeases leases || await OpenAsync() is not IJournalLeases others)
        {
            return;
        }

        var token = await leases.TryAcquireLeaseAsync("question", TimeSpan.FromSeconds(30), Token);
        Assert.NotNull(token);
        Assert.Null(await others.TryAcquireLeaseAsync("question", TimeSpan.FromSeconds(30), Token));
        Assert.NotNull(await others.TryAcquireLeaseAsync("another", TimeSpan.FromSeconds(30), Token));
        Assert.True(await others.IsLeasedAsync("question", Token));

        await others.ReleaseLeaseAsync("question", "not the token", Token);
        Assert.True(await others.IsLeasedAsync("question", Token));
        await leases.ReleaseLeaseAsync("question", token, Token);
        Assert.False(await others.IsLeasedAsync("question", Token));
        Assert.NotNull(await others.TryAcquireLeaseAsync("question", TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task Append_OfAnUpsertBasedOnAnotherIncarnation_IsRefused()
    {
        var position = await Journal.OpenAsync(Identity, Token);

        var receipts = await Append(JournalChange.Upsert(Entry("lost"), position with { Incarnation = "another" }), JournalChange.Upsert(Entry("known"), position), JournalChange.Upsert(Entry("first"), default(JournalPosition)));

        Assert.Equal([true, false, false], receipts.Select(receipt => receipt.IsRefused));
        Assert.Null(await Journal.ReadAsync("p", "lost", withVector: false, Token));
        Assert.NotNull(await Journal.ReadAsync("p", "known", withVector: false, Token));
    }
}
