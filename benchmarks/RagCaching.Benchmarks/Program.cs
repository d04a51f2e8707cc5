using BenchmarkDotNet.Running;
using RagCaching.Benchmarks.ColdStarts;
using RagCaching.Benchmarks.Embeddings;
using RagCaching.Benchmarks.Onnx;
using RagCaching.Benchmarks.Protection;
using RagCaching.Benchmarks.VectorStores;

// Speed is measured by BenchmarkDotNet; what is a share, or a ratio that has to be taken in turns, has a word of its own.
if (args is ["local-tier-hit-rates"])
{
    LocalTierHitRates.Print(Console.Out);
    return;
}

if (args is ["protector-cost"])
{
    ProtectorCost.Print(Console.Out);
    return;
}

if (args is ["redis-ratios"])
{
    await RedisRatios.PrintAsync(Console.Out);
    return;
}

if (args is ["search-ratios", .. var workloads])
{
    await SearchRatios.PrintAsync(Console.Out, workloads);
    return;
}

if (args is ["search-many-ratios"])
{
    await SearchManyRatios.PrintAsync(Console.Out);
    return;
}

if (args is ["search-beside-writer"])
{
    await SearchBesideWriter.PrintAsync(Console.Out);
    return;
}

if (args is ["cold-start", var part, .. var when])
{
    await ColdStart.PrintAsync(Console.Out, part, atOnce: when is ["at-once"]);
    return;
}

if (args is ["search-real-ratios", var sets, .. var names])
{
    await RealVectorRatios.PrintAsync(Console.Out, sets, names);
    return;
}

if (args is ["encoder-speed", .. var model])
{
    await EncoderSpeed.PrintAsync(Console.Out, model.FirstOrDefault());
    return;
}

if (args is ["search-survivor-chart", var file])
{
    await SurvivorChart.WriteAsync(file);
    return;
}

if (args is ["eviction-hit-rates", var folder])
{
    await EvictionHitRates.PrintAsync(Console.Out, folder);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
