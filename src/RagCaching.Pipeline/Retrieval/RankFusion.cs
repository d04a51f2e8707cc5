namespace RagCaching.Pipeline.Retrieval;

/// <summary>Merges the lists of several retrievers into one by reciprocal rank fusion.</summary>
/// <remarks>
/// A chunk scores the sum of 1 / (60 + rank) over the lists it is in, ranks starting at 1: what several retrievers found comes first, and scores that cannot be
/// compared are not compared. Source: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009.
/// </remarks>
internal static class RankFusion
{
    private const double RankOffset = 60;

    /// <summary>Merges lists.</summary>
    /// <param name="lists">What each retriever found, best first. Chunks with the same id, or with the same text, are one chunk.</param>
    /// <param name="limit">How many chunks of each list count.</param>
    /// <returns>All chunks, best first; equal ones in the order of the lists.</returns>
    public static IReadOnlyList<RankedChunk> Fuse(IEnumerable<IReadOnlyList<RetrievedChunk>> lists, int limit)
    {
        var groups = new List<Group>();
        var byId = new Dictionary<string, Group>(StringComparer.Ordinal);
        var byText = new Dictionary<string, Group>(StringComparer.Ordinal);
        foreach (var (retriever, list) in lists.Index())
        {
            var best = list.Max(chunk => chunk.Score) ?? 0;
            var rank = 0;
            foreach (var chunk in list.Take(limit))
            {
                var group = byId.GetValueOrDefault(chunk.Id) ?? byText.GetValueOrDefault(chunk.Text);
                if (group is null)
                {
                    groups.Add(group = new Group());
                }

                byId[chunk.Id] = group;
                byText[chunk.Text] = group;

                // A chunk that a list holds twice counts once, with its better rank, and takes no place from those behind it.
                if (group.TryEnter(list))
                {
                    rank++;
                    group.Add(chunk, retriever, rank, RelativeScore.Of(chunk.Score, best));
                }
            }
        }

        // OrderByDescending keeps equal ones in order.
        return [.. groups.Select(group => group.ToRanked()).OrderByDescending(chunk => chunk.FusedScore)];
    }

    private sealed class Group
    {
        private IReadOnlyList<RetrievedChunk>? _lastList;
        private RetrievedChunk? _chunk;
        private int _retriever;
        private int _bestRank = int.MaxValue;
        private double _fusedScore;
        private double _relativeScore;

        public bool TryEnter(IReadOnlyList<RetrievedChunk> list)
        {
            var isNew = !ReferenceEquals(_lastList, list);
            _lastList = list;
            return isNew;
        }

        public void Add(RetrievedChunk chunk, int retriever, int rank, double relativeScore)
        {
            if (rank < _bestRank)
            {
                _bestRank = rank;
                _chunk = chunk;
                _retriever = retriever;
            }

            _fusedScore += 1 / (RankOffset + rank);
            _relativeScore = Math.Max(_relativeScore, relativeScore);
        }

        public RankedChunk ToRanked() => new(_chunk!, _fusedScore, _relativeScore, _retriever);
    }
}
