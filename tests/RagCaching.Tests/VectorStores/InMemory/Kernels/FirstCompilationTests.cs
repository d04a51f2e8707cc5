using System.Reflection;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching.Tests.VectorStores.InMemory.Kernels;

/// <summary>The loops of a search are compiled with all optimisations at once, so that the first hundred searches of a process are not several times as slow as later ones.</summary>
public sealed class FirstCompilationTests
{
    [Theory]
    [InlineData(typeof(DotKernel), "Dot512", "Dot256", "Dot128")]
    [InlineData(typeof(ProjectionKernel), "Multiply", "Four512", "Four256")]
    [InlineData(typeof(UnitVector), "NormOf", "Write", "SumOfSquares")]
    [InlineData(typeof(StripeScan), "First", "FirstTwo", "Second", "Third", "All")]
    [InlineData(typeof(SketchQuery), "PrepareStripe", "PrepareRow")]
    [InlineData(typeof(SegmentSketches), "StripesSum")]
    [InlineData(typeof(ScalarCodes), "Filter")]
    [InlineData(typeof(Segment), "Score")]
    [InlineData(typeof(PartitionScan), "Scan", "ScanRows", "ScanScalarCodes", "ScanSketches", "ThroughStripes", "ThroughRows", "WithOutliers", "ScoreBestFirst")]
    public void Loops_OfASearch_AreOptimisedAtOnce(Type type, params string[] names)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var name in names)
        {
            var methods = type.GetMethods(Any).Where(method => method.Name == name).ToArray();
            Assert.NotEmpty(methods);
            Assert.All(methods, method => Assert.True(
                method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization), $"{type.Name}.{name} is compiled twice."));
        }
    }
}
