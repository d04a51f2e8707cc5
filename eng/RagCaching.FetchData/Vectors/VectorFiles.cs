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
        DataSet[] present = [.. sets.Where(set => System.IO.File.Exists(Path.Combine(folder, set.Name, SetFiles.Questions)))];
        if (present.Length == 0)
        {
            throw new FileNotFoundException($"None of the sets has a {SetFiles.Questions} in {Path.GetFullPath(folder)}: there is nothing to encode.");
        }

        using var encoder = MiniLMModel.Open();
        foreach (var set in present)
        {
            var rows = 0;
            await WholeFile.WriteAsync(Path.Combine(folder, set.Name, File), async file =>
            {
                foreach (var texts in SetFiles.ReadQuestions(Path.Combine(folder, set.Name)).Select(question => question.Text).Chunk(AtOnce))
                {
                    foreach (var vector in await encoder.GenerateAsync(texts).ConfigureAwait(false))
                    {
                        WriteHalves(vector.Vector.Span, file);
                        rows++;
                    }
                }
            }).ConfigureAwait(false);
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
