namespace RagCaching.Money;

/// <summary>Counts how old answers are when they are served. Thread-safe.</summary>
internal sealed class AgeCounter
{
    private long _answers;
    private long _ticks;
    private long _longest;

    public void Add(TimeSpan age)
    {
        Interlocked.Increment(ref _answers);
        Interlocked.Add(ref _ticks, age.Ticks);
        var longest = Interlocked.Read(ref _longest);
        while (age.Ticks > longest && Interlocked.CompareExchange(ref _longest, age.Ticks, longest) is var seen && seen != longest)
        {
            longest = seen;
        }
    }

    public ServedAge Read()
    {
        var answers = Interlocked.Read(ref _answers);
        return new ServedAge(answers, answers == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Interlocked.Read(ref _ticks) / answers), TimeSpan.FromTicks(Interlocked.Read(ref _longest)));
    }
}
