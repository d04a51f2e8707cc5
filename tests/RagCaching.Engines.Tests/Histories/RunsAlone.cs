namespace RagCaching.Engines.Tests.Histories;

/// <summary>Histories are checked one after the other, and without other tests beside them: they count what nobody has looked at in the whole process.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
