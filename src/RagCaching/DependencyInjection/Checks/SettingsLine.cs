using System.Globalization;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Writes the settings of a cache in one line, without secrets and without texts of the host's own.</summary>
internal static class SettingsLine
{
    public static string Of(
        SemanticCacheOptions cache, CachedEmbedderOptions embeddings, InMemoryVectorStoreOptions store, LexicalGuardOptions guard, bool hasSecret, bool isProtected)
    {
        var limits = cache.Limits;
        (string Name, object? Value)[] settings =
        [
            (nameof(cache.Enabled), cache.Enabled),
            (nameof(cache.ShareAcrossCallers), cache.ShareAcrossCallers),
            (nameof(cache.ErrorBudget), cache.ErrorBudget is { } budget ? string.Create(CultureInfo.InvariantCulture, $"{budget.MaxErrorRate} ({nameof(budget.AuditRate)}={budget.AuditRate})") : "none"),
            (nameof(cache.MinimumSimilarity), cache.MinimumSimilarity ?? (object)"of the model"),
            (nameof(cache.ScopeThresholds), cache.ScopeThresholds.Count),
            (nameof(cache.Thresholds), cache.Thresholds.Count),
            (nameof(cache.AllowLowerThreshold), cache.AllowLowerThreshold ?? (object)"none"),
            (nameof(cache.ExactOnly), cache.ExactOnly),
            (nameof(cache.Prices), cache.Prices.Count),
            (nameof(cache.HoldoutRate), cache.HoldoutRate),
            (nameof(cache.TimeToLive), cache.TimeToLive),
            (nameof(cache.Freshness), cache.Freshness.Behavior),
            (nameof(cache.Shadow), cache.Shadow.Enabled),
            (nameof(limits.LookupTimeout), limits.LookupTimeout),
            (nameof(limits.JoinTimeout), limits.JoinTimeout),
            (nameof(limits.GenerationTimeout), limits.GenerationTimeout ?? (object)"none"),
            (nameof(limits.VerifierTimeout), limits.VerifierTimeout),
            (nameof(limits.MaxQuestionLength), limits.MaxQuestionLength),
            (nameof(limits.MaxAnswerBytes), limits.MaxAnswerBytes),
            (nameof(limits.MaxNewAnswersPerScope), limits.MaxNewAnswersPerScope ?? (object)"none"),
            ("LexicalGuard", guard.Enabled ? guard.Variant : "off"),
            ("LexicalGuard.DisabledRules", guard.DisabledRules.Count),
            ("InMemoryStore.MaxEntries", store.MaxEntries),
            ("InMemoryStore.MaxBytes", store.MaxBytes),
            ("Embeddings.TimeToLive", embeddings.TimeToLive),
            ("Embeddings.LocalCapacity", embeddings.LocalCapacity),
            ("Embeddings.Precision", embeddings.Precision),
            ("KeySecret", hasSecret ? "set" : "none"),
            ("Protection", isProtected ? "on" : "off"),
        ];
        return string.Join(", ", settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.Name}={setting.Value}")));
    }
}
