using System.Runtime.InteropServices;
using RagCaching.FetchData.Cutting;
using RagCaching.FetchData.Sources;

namespace RagCaching.FetchData.Vectors;

/// <summary>Makes the vectors that the tools read: all-MiniLM-L6-v2, at most 256 tokens, 16 bits a component, row by row without a header.</summary>
internal static class VectorFiles
{
    public const string File = "minilm-l6-v2.f16.bin";

    private const int AtOnce = 64;

    public static async Task<int> RunAsync(string folder, IEnumerable<DataSet> sets, TextWriter output)
    {
        using var encoder = MiniLMModel.Open();
        foreach (var set in sets.Where(set => System.IO.File.Exists(Path.Combine(folder, set.Name, SetFiles.Questions))))
        {
            var rows = 0;
            using var file = System.IO.File.Create(Path.Combine(folder, set.Name, File));
            foreach (var texts in SetFiles.ReadQuestions(Path.Combine(folder, set.Name)).Select(question => question.Text).Chunk(AtOnce))
            {
                foreach (var vector in await encoder.GenerateAsync(texts).ConfigureAwait(false))
                {
                    WriteHalves(vector.Vector.Span, file);
                    rows++;
                }
            }

            output.WriteLine($"{set.Name}: {rows} vectors of {MiniLMModel.Dimensions} dimensions.");
        }

        return 0;
    }

    private static void WriteHalves(ReadOnlySpan<float> vector, Stream file)
    {
        var halves = new Half[vector.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)vector[i];
        }

        file.Write(MemoryMarshal.AsBytes<Half>(halves));
    }
}
