namespace RagCaching;

/// <summary>What a pipeline does when nothing was retrieved for a question.</summary>
public enum NoChunksBehavior
{
    /// <summary>It says so, with <see cref="RagPipelineOptions.NothingFoundText"/>, and asks no model. Nothing is stored.</summary>
    SayNothingFound,

    /// <summary>It asks the model without context.</summary>
    AnswerWithoutContext,
}
