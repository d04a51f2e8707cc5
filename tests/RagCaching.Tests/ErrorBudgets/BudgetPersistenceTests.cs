using System.Security.Cryptography;
using CsCheck;
using RagCaching.Diagnostics;
using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.State;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;

namespace RagCaching.Tests.ErrorBudgets;

public sealed class BudgetPersistenceTests
{
    private static readonly Digest Key = new(SHA256.HashData("key"u8));
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task GetOrCreate_AfterARestart_GoesOnWhereItWas()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        var before = budget.Statistics;
        budget.Cache = budget.Fixture.NewCache();

        var (result, right) = await budget.AskAsync(noise: 0.05f);

        Assert.Equal((SemanticCacheOutcome.SemanticHit, right), (result.Outcome, result.Response!.Text));
        Assert.Equal((before.Labels, before.Requests + 1), (budget.Statistics.Labels, budget.Statistics.Requests));
    }

    [Fact]
    public async Task GetOrCreate_UnreadableState_StartsAnewWithoutServing()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        var state = budget.Fixture.Store.Written.Last(entry => entry.Vector.IsEmpty);
        var broken = state.Payload.ToArray();
        broken[^20] ^= 1;
        await budget.Fixture.Store.UpsertAsync(
            new VectorEntry { Partition = state.Partition, Id = state.Id, Payload = broken, Labels = state.Labels, CreatedAt = state.CreatedAt, ExpiresAt = state.ExpiresAt },
            TestContext.Current.CancellationToken);
        budget.Cache = budget.Fixture.NewCache();
        using var failures = budget.Fixture.Counter(TelemetryNames.Instruments.Failures);

        var (result, _) = await budget.AskAsync(noise: 0.05f);

        Assert.Equal(SemanticCacheReason.Policy, result.Reason);
        Assert.False(budget.Statistics.IsServing);
        Assert.Equal(1, budget.Statistics.Requests);
        var failure = Assert.Single(failures.GetMeasurementSnapshot());
        Assert.Equal(TelemetryNames.Errors.InvalidEntry, failure.Tags[TelemetryNames.Tags.ErrorType]);
    }

    [Fact]
    public async Task GetOrCreate_AnotherBudgetIsConfigured_KeepsTheLabelsAndHasToStartAnew()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();
        var labels = budget.Statistics.Labels;
        budget.Fixture.Options.ErrorBudget = new ErrorBudgetOptions { MaxErrorRate = 0.01 };
        budget.Cache = budget.Fixture.NewCache();

        var (result, _) = await budget.AskAsync(noise: 0.05f);

        Assert.Equal(SemanticCacheReason.Policy, result.Reason);
        Assert.Equal(labels + 1, budget.Statistics.Labels);
    }

    [Fact]
    public async Task RemoveWhere_WholeScope_ForgetsWhatWasLearntAboutIt()
    {
        using var budget = new BudgetFixture();
        await budget.LearnAsync();

        await budget.Cache.RemoveWhereAsync(new EntryFilter { Scope = CacheScope.Shared }, TestContext.Current.CancellationToken);

        Assert.Null(budget.Cache.GetStatistics().ErrorBudget);
        await budget.AskAsync();
        Assert.Equal(0, budget.Statistics.Labels);
    }

    [Fact]
    public async Task DisposeAsync_AfterLearning_SavesAndCanBeRepeated()
    {
        using var budget = new BudgetFixture();
        await budget.AskAsync();
        budget.Fixture.Store.Written.Clear();

        await budget.Cache.DisposeAsync();
        await budget.Cache.DisposeAsync();

        Assert.Contains(budget.Fixture.Store.Written, entry => entry.Vector.IsEmpty);
    }

    [Fact]
    public async Task GetOrCreate_StateCannotBeSaved_CallersDoNotNotice()
    {
        using var budget = new BudgetFixture();
        budget.Fixture.Store.Before = (operation, _) => operation == nameof(IVectorStore.UpsertAsync) ? throw new IOException("full") : Task.CompletedTask;

        var (result, right) = await budget.AskAsync();

        Assert.Equal(right, result.Response!.Text);
    }

    [Fact]
    public void TryDecode_WhatEncodeWrote_IsTheSame()
    {
        var budget = Taught();
        var state = budget.Export();

        var bytes = Encode(state);
        var decoded = BudgetStateCodec.TryDecode(bytes, Key)!;

        Assert.Equal(bytes, Encode(decoded));
        Assert.Equal(state.Labels, decoded.Labels);
        Assert.Equal(state.Window, decoded.Window);
        Assert.Equal(state.Model!.CutOff, decoded.Model!.CutOff);
        Assert.Equal(state.Model.Curve.Covariance.ToArray(), decoded.Model.Curve.Covariance.ToArray());
        Assert.Equal(state.Evidence, decoded.Evidence);
        Assert.Equal(state.Groups.Length, decoded.Groups.Length);
    }

    [Fact]
    public void TryDecode_TruncatedFlippedOrOfAnotherKey_IsNull()
    {
        var bytes = Encode(Taught().Export());

        Assert.Null(BudgetStateCodec.TryDecode(bytes, new Digest(SHA256.HashData("other"u8))));
        for (var length = 0; length < bytes.Length; length += 97)
        {
            Assert.Null(BudgetStateCodec.TryDecode(bytes.AsSpan(0, length), Key));
        }

        for (var position = 0; position < bytes.Length; position += 89)
        {
            bytes[position] ^= 1;
            Assert.Null(BudgetStateCodec.TryDecode(bytes, Key));
            bytes[position] ^= 1;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(MatchFeatures.Version - 1)]
    [InlineData(MatchFeatures.Version + 1)]
    public void TryDecode_WrittenWithAnotherListOfFeatures_IsNull(byte version)
    {
        var bytes = Encode(Taught().Export());
        Envelope.Seal(bytes, new EnvelopeHeader(BudgetStateCodec.Kind, version, 0, 0, Created, Created.AddDays(1)), Key);

        Assert.Null(BudgetStateCodec.TryDecode(bytes, Key));
    }

    [Fact]
    public void TryDecode_PayloadThatNobodyEncoded_NeverThrowsAndAllocatesLittle()
    {
        // A right checksum over any payload at all: the decoder must not trust the payload's own counts.
        var payload = Encode(Taught().Export()).AsSpan(Envelope.HeaderSize..^8).ToArray();
        Gen.Select(Gen.Int[0, payload.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var bytes = new byte[Envelope.SizeFor(payload.Length)];
            payload.CopyTo(bytes, Envelope.HeaderSize);
            bytes[Envelope.HeaderSize + position] = value;
            Envelope.Seal(bytes, new EnvelopeHeader(BudgetStateCodec.Kind, MatchFeatures.Version, 0, 0, Created, Created), Key);

            return BudgetStateCodec.TryDecode(bytes, Key) is not { } state || (state.Labels.Length <= BudgetState.MaxLabels && state.Window.Length <= BudgetState.MaxWindow);
        });
    }

    private static byte[] Encode(BudgetState state) => BudgetStateCodec.Encode(state, Key, Created, Created.AddDays(1));

    private static ScopeBudget Taught()
    {
        var random = new Random(1);
        var budget = new ScopeBudget(0.05, isStrict: false, FitPlan.Cautious);
        for (var i = 0; i < 400; i++)
        {
            var similarity = 0.5f + (0.5f * random.NextSingle());
            Neighbour[] neighbours = [new($"question {i % 7}", $"AAECAwQFBgcICQoLDA0OD{"wABCDEFG"[i % 7]}", (ulong)(i % 7) + 1, similarity, Created), new("other", "EBESExQVFhcYGRobHB0eHw", 99, 0.3f, Created)];
            var decision = budget.Decide($"question {i}", [1, 0], neighbours, 0);
            budget.Learn(decision, random.NextSingle() < similarity, i % 50 == 0 ? ExplorationKind.Audit : ExplorationKind.NotServed, Created);
            budget.Join((ulong)(i % 7) + 1, [0.6f, 0.8f], [1, 0]);
            if (i % 100 == 0)
            {
                budget.PassBy();
            }
        }

        budget.EndRefit(budget.TryBeginRefit()!.Run(TestContext.Current.CancellationToken));
        return budget;
    }
}
