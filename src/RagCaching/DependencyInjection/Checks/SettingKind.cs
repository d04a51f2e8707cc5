namespace RagCaching.DependencyInjection.Checks;

/// <summary>What a setting can hold.</summary>
internal enum SettingKind
{
    /// <summary>Settings with fixed names.</summary>
    Section,

    /// <summary>Settings with names of the host's own.</summary>
    Map,

    List,

    Text,

    /// <summary>One of some names.</summary>
    Choice,

    Flag,

    Number,

    WholeNumber,

    Time,
}
