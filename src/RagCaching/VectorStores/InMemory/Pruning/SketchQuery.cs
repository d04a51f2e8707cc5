using System.Runtime.CompilerServices;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>A query as integer weights for the codes of one encoding.</summary>
/// <remarks>
/// A scratch object: reused from search to search, by one thread at a time. The weights of a stage and the coordinates they need are
/// computed when a vector first gets that far, since most searches need only those of the first.
/// </remarks>
internal sealed class SketchQuery
{
    private readonly float[] _coordinates = new float[256];
    private readonly WeightScale _weights = new();
    private readonly sbyte[] _stripes = new sbyte[SketchLayout.StripesBytes];
    private readonly sbyte[] _row = new sbyte[256];
    private readonly StageBound[] _bounds = new StageBound[SketchLayout.Stages];
    private SketchEncoding? _encoding;
    private bool _hasRow;

    /// <summary>Gets the weights of the stripes that are prepared, each with that of its tail at its end.</summary>
    public ReadOnlySpan<sbyte> Stripes => _stripes;

    /// <summary>Gets the weights of stage 4 after <see cref="PrepareRow"/>.</summary>
    public ReadOnlySpan<sbyte> Row => _row;

    /// <summary>Gets the bound of a stage.</summary>
    public ref readonly StageBound this[int stage] => ref _bounds[stage];

    /// <summary>Gets how many stripes there are weights for.</summary>
    public int PreparedStripes { get; private set; }

    /// <summary>Gets a value indicating whether the weights of stage 4 are there.</summary>
    public bool HasRow => _hasRow;

    /// <summary>Forgets the query.</summary>
    public void Clear()
    {
        _encoding = null;
        Array.Clear(_coordinates);
    }

    /// <summary>Takes a query for an encoding, unless it has done so already.</summary>
    /// <param name="encoding">The encoding of the codes.</param>
    public void Begin(SketchEncoding encoding)
    {
        if (!ReferenceEquals(_encoding, encoding))
        {
            _encoding = encoding;
            PreparedStripes = 0;
            _hasRow = false;
        }
    }

    /// <summary>Computes the weights of a stripe and of those before it, unless they are there already.</summary>
    /// <param name="stage">The stripe.</param>
    /// <param name="unit">The query, a padded unit vector; the same one until <see cref="Clear"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PrepareStripe(int stage, ReadOnlySpan<float> unit)
    {
        for (; PreparedStripes <= stage; PreparedStripes++)
        {
            // As many coordinates as the stripe has bytes; since one of these is a tail, the last are those of the next stripe's first axes.
            var bytes = SketchLayout.StripeBytes[PreparedStripes];
            var first = PreparedStripes * 16;
            _encoding!.Basis.Project(unit, first, _coordinates.AsSpan(first, bytes));
            if (PreparedStripes == 0)
            {
                // The later axes have smaller weights; one that has not would be cut off, which its error accounts for.
                _weights.Begin(_encoding, _coordinates, firstStage: 0);
            }

            var (from, to) = (PreparedStripes == 0 ? 0 : _encoding.Layout.AxesAt(PreparedStripes - 1), _encoding.Layout.AxesAt(PreparedStripes));
            for (var axis = from; axis < to; axis++)
            {
                _stripes[axis + PreparedStripes] = _weights.OfAxis(axis);
            }

            _stripes[to + PreparedStripes] = _weights.OfTail(PreparedStripes, out _bounds[PreparedStripes]);
        }
    }

    /// <summary>Computes the weights of stage 4, unless they are there already.</summary>
    /// <param name="unit">The query.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PrepareRow(ReadOnlySpan<float> unit)
    {
        if (_hasRow)
        {
            return;
        }

        // Their coordinates are those of the row too, and their weights cannot be computed after the row's.
        PrepareStripe(SketchLayout.Stripes - 1, unit);
        _hasRow = true;
        const int Stage = SketchLayout.Stages - 1;
        var encoding = _encoding!;
        var bytes = encoding.Layout.RowBytes;
        encoding.Basis.Project(unit, SketchLayout.StripesBytes, _coordinates.AsSpan(SketchLayout.StripesBytes, bytes - SketchLayout.StripesBytes));
        _weights.Begin(encoding, _coordinates, Stage);
        for (var axis = 0; axis < bytes - 1; axis++)
        {
            _row[axis] = _weights.OfAxis(axis);
        }

        _row[bytes - 1] = _weights.OfTail(Stage, out _bounds[Stage]);
    }

    /// <summary>Computes the similarity that a vector outside of the ranges cannot exceed.</summary>
    /// <param name="sketches">The codes of its segment.</param>
    /// <param name="outlier">The vector.</param>
    /// <param name="stage">A stage that there are weights for.</param>
    public float UpperOf(SegmentSketches sketches, in CodeOutlier outlier, int stage)
    {
        ref readonly var bound = ref _bounds[stage];
        var sum = stage < SketchLayout.Stripes
            ? sketches.StripesSum(outlier.Slot, stage, _stripes)
            : CodeKernel.Dot(ref sketches.Row(outlier.Slot), ref _row[0], sketches.Encoding.Layout.RowBytes);
        return bound.Upper(sum, bound.OffsetFor(outlier, stage));
    }
}
