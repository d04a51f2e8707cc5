namespace RagCaching.Onnx.Running;

/// <summary>Which texts run together: neighbours by length, as many as fit.</summary>
internal static class BatchPlan
{
    /// <summary>The most places of a batch, padding included, unless a single text has more: about a seventh of a second on one core for a model of 6 layers.</summary>
    public const int MostPlaces = 1_024;

    /// <summary>Gets where batches end in the order of a sorted table.</summary>
    /// <param name="table">The texts, sorted.</param>
    /// <param name="batchSize">The most texts of a batch.</param>
    /// <returns>The ends, ascending; the last is the number of texts.</returns>
    public static List<int> EndsOf(TokenTable table, int batchSize)
    {
        var ends = new List<int>(1);
        var order = table.Order.Span;
        for (var start = 0; start < order.Length; start = ends[^1])
        {
            // The texts ascend, so the next one is always the longest so far.
            var end = start + 1;
            while (end < order.Length && end - start < batchSize && (long)(end - start + 1) * table.LengthOf(order[end]) <= MostPlaces)
            {
                end++;
            }

            ends.Add(end);
        }

        return ends;
    }
}
