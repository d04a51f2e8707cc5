namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>What happens on the way to an answer.</summary>
internal enum Behavior
{
    Plain,

    /// <summary>The model fails; of a stream, after some pieces.</summary>
    ModelFails,

    /// <summary>The model stops before its answer is complete, and says so.</summary>
    AnswerIsCutOff,

    /// <summary>The model says that its answer must not be stored.</summary>
    NotStored,

    /// <summary>The caller leaves at some time.</summary>
    CallerLeaves,

    /// <summary>The reader of a stream breaks off after the first piece.</summary>
    ReaderBreaksOff,
}
