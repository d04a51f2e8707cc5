using System.Numerics.Tensors;
using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Tests.Models;

public sealed class FeatureHashingEncoderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("how do I")]
    [InlineData("How long is a stored answer valid?")]
    public void Encode_AnyText_HasUnitLength(string text) =>
        Assert.Equal(1, TensorPrimitives.Norm<float>(FeatureHashingEncoder.Encode(text)), 1e-5f);

    [Fact]
    public void Encode_SameText_HasSameBits() =>
        Assert.Equal(FeatureHashingEncoder.Encode("How do I add a guard?"), FeatureHashingEncoder.Encode("How do I add a guard?"));

    [Fact]
    public void Encode_KnownWord_IsTheSameInEveryProcess()
    {
        // Computed once outside of .NET; string.GetHashCode would differ from run to run.
        Assert.Equal(0xE512F7BDu, StableHash.Of('w', "cache"));
    }

    [Fact]
    public void Encode_Rewording_IsNearerThanAnotherSubject()
    {
        var question = FeatureHashingEncoder.Encode("How long are embeddings kept in the cache?");

        var rewording = TensorPrimitives.Dot<float>(question, FeatureHashingEncoder.Encode("How long does the cache keep embeddings?"));
        var other = TensorPrimitives.Dot<float>(question, FeatureHashingEncoder.Encode("Which package do I install?"));

        Assert.True(rewording > other + 0.3f, $"The re-wording has {rewording}, the other subject {other}.");
    }
}
