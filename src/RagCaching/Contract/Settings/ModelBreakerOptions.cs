namespace RagCaching;

/// <summary>When callers that can be served a stored answer stop waiting for a model that fails.</summary>
/// <remarks>One breaker for each cache. Callers without a stored answer always call the model; when one of them succeeds, the breaker closes.</remarks>
public sealed class ModelBreakerOptions
{
    internal const int DefaultFailures = 5;
    internal const int MaximumFailures = 1_000;
    internal static readonly TimeSpan DefaultBreakDuration = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how many failures of the factory in a row open the breaker. Exceeding <see cref="FailSafeOptions.SoftTimeout"/> is one.</summary>
    /// <value>0 to 1,000; default 5; 0 for no breaker.</value>
    public int Failures { get; set; } = DefaultFailures;

    /// <summary>Gets or sets the time between two callers that try the model nevertheless while the breaker is open.</summary>
    /// <value>Positive, at most one hour; default 10 seconds.</value>
    public TimeSpan BreakDuration { get; set; } = DefaultBreakDuration;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal ModelBreakerOptions Copy() => (ModelBreakerOptions)MemberwiseClone();
}
