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
    /// <summary>So many weights are computed in the time that comparing a row in full takes: both are a product of two vectors, but the axes lie together and the rows do not.</summary>
    private const int AxesPerRow = 2;

    private readonly float[] _coordinates = new float[SketchLayout.MaxAxes];
    private readonly WeightScale _weights = new();
    private readonly sbyte[] _row = new sbyte[SketchLayout.MaxAxes];
    private readonly StageBound[] _bounds = new StageBound[SketchLayout.Stages];
    private SketchEncoding? _encoding;
    private bool _hasRow;
    private int _spared;

    /// <summary>Gets the weights of the stripes that are prepared.</summary>
    public StripeWeights Stripes { get; } = new();

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
            _spared = 0;
        }
    }

    /// <summary>Tells whether to take what is left of a segment through another stage, or to compare it in full instead because that takes less time than computing weights.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="left">How much is left: rows, or at least so many.</param>
    /// <returns>Whether weights are there, or enough rows have gone without them by now.</returns>
    public bool IsWorthPreparing(int stage, int left)
    {
        if (PreparedStripes > stage || _hasRow)
        {
            return true;
        }

        _spared += left;
        return _spared * AxesPerRow > _encoding!.Layout.AxesAt(stage) - _encoding.Layout.AxesAt(PreparedStripes - 1);
    }

    /// <summary>Computes the weights of a stripe and of those before it, unless they are there already.</summary>
    /// <param name="stage">The stripe.</param>
    /// <param name="unit">The query, a padded unit vector; the same one until <see cref="Clear"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PrepareStripe(int stage, ReadOnlySpan<float> unit)
    {
        for (; PreparedStripes <= stage; PreparedStripes++)
        {
            var ranges = _encoding!.Stripes;
            var (from, to) = (PreparedStripes == 0 ? 0 : _encoding.Layout.AxesAt(PreparedStripes - 1), _encoding.Layout.AxesAt(PreparedStripes));
            Project(unit, from, to);
            if (PreparedStripes == 0)
            {
                BeginStripes(ranges, to);
                from = 1;
            }

            for (var axis = from; axis < to; axis++)
            {
                Stripes.Set(axis, _weights.OfAxis(_coordinates[axis], ranges.Axes[axis]));
            }

            var rest = _weights.OfRestByte(ranges.Rests[PreparedStripes], ranges.ErrorWeightAt(PreparedStripes), out _bounds[PreparedStripes]);
            Stripes.SetRest(PreparedStripes, rest);
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
        var ranges = _encoding!.Row!;
        var axes = ranges.Axes.Length;
        Project(unit, SketchLayout.StripesAxes, axes);
        _weights.Begin(Math.Max(LargestProduct(ranges.Axes, 0, axes), Tail(axes) * ranges.Tail.Step), largestFine: 0, WeightScale.MiddleOfSevenBits);
        _row[0] = _weights.OfFirstAxis(_coordinates[0], ranges.Axes[0]);
        for (var axis = 1; axis < axes; axis++)
        {
            _row[axis] = _weights.OfAxis(_coordinates[axis], ranges.Axes[axis]);
        }

        _row[axes] = _weights.OfTail(ranges.Tail, out _bounds[SketchLayout.RowStage]);
    }

    /// <summary>Computes the similarity that a vector outside of the ranges cannot exceed.</summary>
    /// <param name="sketches">The codes of its segment.</param>
    /// <param name="outlier">The vector.</param>
    /// <param name="stage">A stage that there are weights for.</param>
    public float UpperOf(SegmentSketches sketches, in CodeOutlier outlier, int stage)
    {
        ref readonly var bound = ref _bounds[stage];
        var sum = stage < SketchLayout.Stripes
            ? sketches.StripesSum(outlier.Slot, stage, Stripes)
            : CodeKernel.Dot(ref sketches.Row(outlier.Slot), ref _row[0], sketches.Encoding.Layout.RowBytes);
        return bound.Upper(sum, bound.OffsetFor(outlier, stage));
    }

    // The scale is that of the first stripe: the later axes have smaller weights.
    private void BeginStripes(StripeRanges ranges, int axes)
    {
        var rest = Tail(axes) * ranges.Rests[0].Step;
        var first = Math.Abs(_coordinates[0]) * ranges.Axes[0].Step;
        _weights.Begin(LargestProduct(ranges.Axes, 1, axes), Math.Max(first, rest), WeightScale.MiddleOfFourBits);
        Stripes.SetFirst(_weights.OfFirstByte(_coordinates[0], ranges.Axes[0]));
    }

    /// <summary>Computes the coordinates on some axes, in whole steps: those before the first of them are there already, and those of the step of the last are computed with it.</summary>
    private void Project(ReadOnlySpan<float> unit, int from, int to)
    {
        const int Step = ProjectionKernel.AxisStep;
        var (first, end) = ((from + Step - 1) / Step * Step, (to + Step - 1) / Step * Step);
        _encoding!.Basis.Project(unit, first, _coordinates.AsSpan(first, end - first));
    }

    private double LargestProduct(ReadOnlySpan<Quantizer> ranges, int from, int to)
    {
        var largest = 0.0;
        for (var axis = from; axis < to; axis++)
        {
            largest = Math.Max(largest, Math.Abs(_coordinates[axis] * ranges[axis].Step));
        }

        return largest;
    }

    private double Tail(int axes)
    {
        var covered = 0.0;
        foreach (double coordinate in _coordinates.AsSpan(0, axes))
        {
            covered += coordinate * coordinate;
        }

        return SketchEncoding.TailOf(covered);
    }
}
