using BenchmarkDotNet.Running;
using RagCaching.Benchmarks.Embeddings;

// Speed is measured by BenchmarkDotNet; what is a share and not a time has a word of its own.
if (args is ["local-tier-hit-rates"])
{
    LocalTierHitRates.Print(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
