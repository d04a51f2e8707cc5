using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Collects an answer while it is generated, in the pieces in which it arrives.</summary>
/// <remarks>Keeps nothing that a caller could still change. Not thread-safe.</remarks>
/// <param name="rules">What is kept.</param>
internal sealed class AnswerRecorder(RecordingRules rules)
{
    private readonly List<StoredAnswer.Message> _messages = [];
    private readonly List<StoredAnswer.Part> _parts = [];
    private readonly List<int> _pieces = [];
    private readonly StringBuilder _text = new();
    private readonly AdditionalPropertiesDictionary _properties = [];
    private readonly Dictionary<string, string> _lost = new(StringComparer.Ordinal);
    private bool _isReasoning;
    private bool _isTool;
    private string? _protectedData;
    private string? _messageId;
    private string? _authorName;
    private string? _modelId;
    private string? _responseId;
    private DateTimeOffset? _createdAt;
    private FinishState _finish;
    private bool _isWhole;
    private UsageDetails? _usage;
    private bool _hosted;
    private bool _background;
    private bool _asksForApproval;
    private bool _unknownContent;
    private bool _tooLarge;
    private int _length;

    /// <summary>Gets a value indicating whether it is clear already that the answer will not be stored.</summary>
    public bool IsRefused => _hosted || _background || _asksForApproval || _unknownContent || _tooLarge || Tools.IsRefused;

    /// <summary>Gets the tools that were called on the way.</summary>
    public ToolTrail Tools { get; } = new(rules);

    /// <summary>Gets the model, as far as it was named.</summary>
    public string? ModelId => _modelId;

    /// <summary>Gets the tokens that were used, as far as they were told.</summary>
    public UsageDetails? Usage => _usage;

    /// <summary>Gets why the model ended, as it was named last.</summary>
    public ChatFinishReason? FinishReason { get; private set; }

    /// <summary>Gets or sets how long the model took; zero where that is not known.</summary>
    public TimeSpan Took { get; set; }

    /// <summary>Gets the additional properties that have no stored form, with the types of their values.</summary>
    public IReadOnlyDictionary<string, string> LostProperties => _lost;

    /// <summary>Adds a whole answer.</summary>
    public void Add(ChatResponse response)
    {
        _isWhole = true;
        foreach (var message in response.Messages)
        {
            BeginMessage(message.Role);
            Add(message.Contents);
            _authorName ??= message.AuthorName;
            _finish.Add(reason: null, message.AdditionalProperties);
            CloseMessage(message.AdditionalProperties);
        }

        if (response.Usage is { } usage)
        {
            (_usage ??= new UsageDetails()).Add(usage);
        }

        AddFacts(response.ModelId, response.ResponseId, response.CreatedAt, response.FinishReason, response.AdditionalProperties);
        _hosted |= response.ConversationId is not null && !rules.StoresHosted;
        _background |= response.ContinuationToken is not null;
    }

    /// <summary>Adds the next piece of a streamed answer.</summary>
    public void Add(ChatResponseUpdate update)
    {
        if (update.MessageId is { Length: > 0 } messageId)
        {
            if (_messageId is not null && _messageId != messageId)
            {
                CloseMessage();
            }

            _messageId = messageId;
        }

        BeginMessage(update.Role ?? (update.Contents.Count == 0 && _isTool ? ChatRole.Tool : ChatRole.Assistant));
        Add(update.Contents);
        _authorName ??= update.AuthorName;
        AddFacts(update.ModelId, update.ResponseId, update.CreatedAt, update.FinishReason, update.AdditionalProperties);
        _hosted |= update.ConversationId is not null && !rules.StoresHosted;
        _background |= update.ContinuationToken is not null;
    }

    /// <summary>Makes the stored form of what was recorded, if it may be stored.</summary>
    public AnswerRefusal TryComplete(out StoredAnswer? answer)
    {
        answer = null;
        CloseMessage();
        if (Refusal is not AnswerRefusal.None and var refusal)
        {
            return refusal;
        }

        answer = new StoredAnswer
        {
            Version = StoredAnswer.CurrentVersion,
            Messages = _messages,
            ModelId = _modelId,
            ResponseId = _responseId,
            CreatedAt = _createdAt,
            Usage = _usage is null ? null : new StoredAnswer.TokenUsage { InputTokens = _usage.InputTokenCount, OutputTokens = _usage.OutputTokenCount },
            Milliseconds = Took >= TimeSpan.FromMilliseconds(1) ? (long)Took.TotalMilliseconds : null,
            Properties = Stored(_properties),
        };
        return AnswerRefusal.None;
    }

    private AnswerRefusal Refusal =>
        _hosted ? AnswerRefusal.Hosted
        : _background ? AnswerRefusal.Background
        : _asksForApproval ? AnswerRefusal.Approval
        : Tools.Refusal is not AnswerRefusal.None and var refusal ? refusal
        : _unknownContent ? AnswerRefusal.Content
        : _tooLarge ? AnswerRefusal.TooLarge
        : !_finish.IsFinished(_isWhole) ? AnswerRefusal.NotFinished
        : !_messages.Any(message => !message.IsTool && message.Parts.Any(part => !part.IsReasoning && !string.IsNullOrWhiteSpace(part.Text))) ? AnswerRefusal.NoText
        : AnswerRefusal.None;

    private void BeginMessage(ChatRole role)
    {
        _unknownContent |= role != ChatRole.Assistant && role != ChatRole.Tool;
        if (_isTool != (role == ChatRole.Tool))
        {
            CloseMessage();
            _isTool = !_isTool;
        }
    }

    private void Add(IList<AIContent> contents)
    {
        foreach (var content in contents)
        {
            switch (content)
            {
                case UsageContent usage:
                    (_usage ??= new UsageDetails()).Add(usage.Details);
                    break;
                case TextContent text when text.GetType() == typeof(TextContent):
                    AddText(text);
                    break;
                case TextReasoningContent reasoning when reasoning.Annotations is not { Count: > 0 }:
                    AddReasoning(reasoning);
                    break;
                case FunctionCallContent call:
                    Tools.Add(call);
                    EndRound(ToolCalls.Store(call));
                    break;
                case FunctionResultContent result:
                    Tools.Add(result);
                    EndRound(ToolCalls.Store(result));
                    break;
                case ToolApprovalRequestContent:
                    _asksForApproval = true;
                    break;
                case { RawRepresentation: null } when content.GetType() == typeof(AIContent):
                    AddBare(content);
                    break;
                default:
                    _unknownContent = true;
                    break;
            }
        }
    }

    // Some clients name the sources of a streamed text after it, in a content of its own.
    private void AddBare(AIContent content)
    {
        _unknownContent |= !Citations.TryStore(content.Annotations, out var citations);
        var properties = Stored(content.AdditionalProperties);
        if (citations is null && properties is null)
        {
            return;
        }

        ClosePart();
        _parts.Add(new StoredAnswer.Part { IsBare = true, Text = "", Pieces = [0], Citations = citations, Properties = properties });
    }

    private void AddText(TextContent text)
    {
        // What a tool says is a result.
        _unknownContent |= !Citations.TryStore(text.Annotations, out var citations) || _isTool;
        var properties = Stored(text.AdditionalProperties);
        if (citations is null && properties is null)
        {
            AddPiece(isReasoning: false, text.Text, protectedData: null);
            return;
        }

        // Places in a text are counted from the beginning of its own piece, which therefore stays one.
        ClosePart();
        AddPiece(isReasoning: false, text.Text, protectedData: null);
        ClosePart(citations, properties);
    }

    private void AddReasoning(TextReasoningContent reasoning)
    {
        if (Stored(reasoning.AdditionalProperties) is not { } properties)
        {
            AddPiece(isReasoning: true, reasoning.Text, reasoning.ProtectedData);
            return;
        }

        ClosePart();
        AddPiece(isReasoning: true, reasoning.Text, reasoning.ProtectedData);
        ClosePart(citations: null, properties);
    }

    // What was said before a tool was called, or had answered, is not the answer, but may be wanted with it.
    private void EndRound(StoredAnswer.Part? part)
    {
        if (rules.KeepsToolCalls && !_tooLarge)
        {
            _unknownContent |= part is null;
            ClosePart();
            if (part is not null)
            {
                _parts.Add(part);
            }

            return;
        }

        _messages.Clear();
        _parts.Clear();
        _pieces.Clear();
        _text.Clear();
        _protectedData = null;
        _length = 0;
    }

    private Dictionary<string, JsonElement>? Stored(AdditionalPropertiesDictionary? properties) => JsonProperties.ToJson(properties, _lost);

    private void AddPiece(bool isReasoning, string text, string? protectedData)
    {
        _length += text.Length;
        if (_tooLarge || _length > rules.MaxLength)
        {
            _tooLarge = true;
            _text.Clear();
            _pieces.Clear();
            return;
        }

        if (_pieces.Count > 0 && (isReasoning != _isReasoning || _protectedData is not null))
        {
            ClosePart();
        }

        _isReasoning = isReasoning;
        _protectedData = protectedData;
        _pieces.Add(text.Length);
        _text.Append(text);
    }

    private void AddFacts(
        string? modelId, string? responseId, DateTimeOffset? createdAt, ChatFinishReason? finishReason, AdditionalPropertiesDictionary? properties)
    {
        _modelId = modelId ?? _modelId;
        _responseId = responseId ?? _responseId;
        _createdAt = createdAt ?? _createdAt;
        _finish.Add(finishReason, properties);
        FinishReason = finishReason ?? FinishReason;
        foreach (var (name, value) in properties ?? [])
        {
            _properties[name] = value;
        }
    }

    private void CloseMessage(AdditionalPropertiesDictionary? properties = null)
    {
        ClosePart();
        if (_parts.Count > 0)
        {
            _messages.Add(new StoredAnswer.Message { AuthorName = _authorName, IsTool = _isTool, Properties = Stored(properties), Parts = [.. _parts] });
            _parts.Clear();
        }

        _authorName = null;
    }

    private void ClosePart(IReadOnlyList<StoredAnswer.Citation>? citations = null, IReadOnlyDictionary<string, JsonElement>? properties = null)
    {
        if (_pieces.Count == 0)
        {
            return;
        }

        var text = _text.ToString();

        // JSON has no way to write half of a surrogate pair: what cannot be replayed as it came is not stored.
        _unknownContent |= !WellFormedText.Is(text);
        _parts.Add(new StoredAnswer.Part
        {
            IsReasoning = _isReasoning,
            Text = text,
            Pieces = [.. _pieces],
            Citations = citations,
            Properties = properties,
            ProtectedData = _protectedData,
        });
        _text.Clear();
        _pieces.Clear();
        _protectedData = null;
    }
}
