using BenchmarkDotNet.Attributes;
using RagCaching.ErrorBudgets;
using RagCaching.ErrorBudgets.Model;
using RagCaching.ErrorBudgets.State;

namespace RagCaching.Benchmarks.Semantic;

/// <summary>What one decision under an error budget costs, and one refit off the request path.</summary>
[MemoryDiagnoser]
public class BudgetDecisionBenchmarks
{
    private const int Neighbours = 10;
    private const int Dimensions = 768;
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly LexicalGuard _guard = new();
    private ScopeBudget _scope = null!;
    private float[] _vector = [];
    private Neighbour[] _neighbours = [];
    private Neighbour[] _lookAlikes = [];
    private RefitWork _refit = null!;

    /// <summary>Gets or sets a value indicating whether the scope starts from a prior, with which the words of all neighbours are read.</summary>
    [Params(false, true)]
    public bool HasPrior { get; set; }

    /// <summary>A scope that serves, and ten neighbours of ten groups with a centre each.</summary>
    [GlobalSetup]
    public void Teach()
    {
        var random = new Random(1);
        _scope = new ScopeBudget(0.02, isStrict: false, HasPrior ? FitPlan.From(ErrorBudgetPrior.For("all-MiniLM-L6-v2")) : FitPlan.Cautious);
        _vector = UnitVector(random);
        _neighbours = [.. Enumerable.Range(0, Neighbours).Select(i => new Neighbour("How can I change the delivery address of my order?", $"{i}", (ulong)i + 1, 0.95f - (0.01f * i), Start))];
        _lookAlikes = [.. _neighbours.Select((neighbour, i) => neighbour with { Question = $"How can I change the delivery address of order {i + 1}?" })];
        for (var i = 0; i < Neighbours; i++)
        {
            _scope.Join((ulong)i + 1, UnitVector(random), UnitVector(random));
        }

        for (var i = 0; i < BudgetState.MaxLabels; i++)
        {
            var similarity = random.NextSingle();
            var decision = _scope.Decide("a question", _vector, [new Neighbour("another", "n", 99, similarity, Start)], 0);
            _scope.Learn(decision, random.NextSingle() < similarity, ExplorationKind.NotServed, Start);
        }

        _refit = _scope.TryBeginRefit()!;
        _scope.EndRefit(_refit.Run(CancellationToken.None));
    }

    /// <summary>Guard, features and probability of the nearest of ten candidates.</summary>
    [Benchmark(Baseline = true)]
    public object Decide() => _guard.Allows("How do I change the address of my order?", _neighbours[0].Question)
        ? _scope.Decide("How do I change the address of my order?", _vector, _neighbours, 0)
        : _neighbours;

    /// <summary>The same where the guard refuses all but the last of ten candidates.</summary>
    [Benchmark]
    public object DecideAfterRefusals()
    {
        const string Question = "How do I change the address of order 10?";
        var candidate = 0;
        while (!_guard.Allows(Question, _lookAlikes[candidate].Question))
        {
            candidate++;
        }

        return _scope.Decide(Question, _vector, _lookAlikes, candidate);
    }

    /// <summary>Fit, cut-off and look back on 10,000 labels and 2,000 requests.</summary>
    [Benchmark]
    public object Refit() => _refit.Run(CancellationToken.None);

    private static float[] UnitVector(Random random)
    {
        float[] vector = [.. Enumerable.Range(0, Dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
