namespace RagCaching.Guards.Lexical.Facts;

/// <summary>What a question asks for.</summary>
[Flags]
internal enum AskedFor
{
    None = 0,
    Who = 1 << 0,
    Where = 1 << 1,
    When = 1 << 2,
    Why = 1 << 3,
    Amount = 1 << 4,
    HowLong = 1 << 5,
    HowOld = 1 << 6,
    HowFar = 1 << 7,
    HowOften = 1 << 8,
    Degree = 1 << 9,
    How = 1 << 10,
    What = 1 << 11,
    YesNo = 1 << 12,

    /// <summary>The kinds of which no two can have one answer.</summary>
    Distinct = Who | Where | When | Why | Amount | HowLong | HowOld | HowFar,
}
