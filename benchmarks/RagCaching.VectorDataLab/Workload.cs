namespace RagCaching.VectorDataLab;

/// <summary>Entries and questions, the same ones every time.</summary>
internal sealed class Workload
{
    public const int Entries = 10_000;
    public const int Dimensions = 384;
    public const int PayloadBytes = 500;
    public const int Questions = 200;
    public const int Rounds = 5;

    private const double Noise = 0.5;

    private readonly Random _random = new(20261130);

    public Workload()
    {
        Vectors = [.. Enumerable.Range(0, Entries).Select(_ => Vector())];
        Asked = [.. Enumerable.Range(0, Questions).Select(_ => Near(Vectors[_random.Next(Entries)]))];
    }

    public float[][] Vectors { get; }

    public float[][] Asked { get; }

    public static VectorEntry Entry(int i, float[] vector) => new()
    {
        Partition = "p",
        Id = $"{i}",
        Vector = vector,
        Metadata = new byte[100],
        Payload = new byte[PayloadBytes],
        Labels = ["scope", $"source {i % 100}"],
        CreatedAt = TimeProvider.System.GetUtcNow(),
        ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
    };

    public static double AgreementOf(Measurement one, Measurement other) => one.Found.Zip(other.Found).Count(pair => pair.First == pair.Second) / (double)Questions;

    private float[] Vector() => [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(_random.NextDouble() - 0.5))];

    private float[] Near(float[] vector) => [.. vector.Zip(Vector()).Select(pair => (float)(pair.First + (Noise * pair.Second)))];
}
