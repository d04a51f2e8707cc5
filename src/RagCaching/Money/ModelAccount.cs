namespace RagCaching.Money;

/// <summary>What was saved and spent of one model in one scope. Thread-safe.</summary>
internal sealed class ModelAccount(string model)
{
    private readonly UseCounter[] _spent = [.. Enum.GetValues<SpendingPurpose>().Select(static _ => new UseCounter())];

    public string Model { get; } = model;

    public UseCounter Saved { get; } = new();

    public UseCounter SpentFor(SpendingPurpose purpose) => _spent[(int)purpose];

    public ModelBalance Read()
    {
        var spent = new Dictionary<SpendingPurpose, ModelUse>();
        foreach (var purpose in Enum.GetValues<SpendingPurpose>())
        {
            if (SpentFor(purpose).Read() is { } use && use != default)
            {
                spent[purpose] = use;
            }
        }

        return new ModelBalance { Model = Model, Saved = Saved.Read(), Spent = spent };
    }
}
