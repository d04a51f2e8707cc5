using System.Runtime.CompilerServices;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>How far the codes of a vector outside of the encoding's ranges are from the vector.</summary>
/// <remarks>Rounded up, so that what is computed from it bounds the similarity as the maxima of a segment do for all other vectors.</remarks>
internal struct CodeOutlier
{
    /// <summary>More than what converting to single precision and the sums of rounded numbers before it can lose.</summary>
    private const double Margin = 1.00001;

    private StageErrors _stages;

    /// <summary>Takes over what rounding did.</summary>
    /// <param name="slot">The vector's slot.</param>
    /// <param name="codes">Its codes.</param>
    /// <param name="stages">How many stages there are.</param>
    public CodeOutlier(int slot, SketchCodes codes, int stages)
    {
        Slot = slot;
        FirstAxis = Up(codes.FirstAxisError);
        for (var stage = 0; stage < stages; stage++)
        {
            _stages[stage] = (Up(codes.ErrorAt(stage)), Up(codes.RestExcessAt(stage)), Up(codes.SpreadAt(stage)));
        }
    }

    /// <summary>Gets the vector's slot.</summary>
    public int Slot { get; }

    /// <summary>Gets the error on axis 0.</summary>
    public float FirstAxis { get; }

    /// <summary>Gets the norm of the errors on the axes of a stage, without axis 0.</summary>
    public readonly float ErrorAt(int stage) => _stages[stage].Error;

    /// <summary>Gets how much larger the rest of a stage is than its code says; zero unless it is beyond the range.</summary>
    public readonly float RestExcessAt(int stage) => _stages[stage].RestExcess;

    /// <summary>Gets the norm of the codes of a stage, relative to the middle code.</summary>
    public readonly float SpreadAt(int stage) => _stages[stage].Spread;

    private static float Up(double value) => (float)(value * Margin);

    [InlineArray(SketchLayout.Stages)]
    private struct StageErrors
    {
        private (float Error, float RestExcess, float Spread) _first;
    }
}
