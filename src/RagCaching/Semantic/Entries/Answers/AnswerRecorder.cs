using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Collects an answer while it is generated, in the pieces in which it arrives.</summary>
/// <remarks>Keeps nothing that a caller could still change. Not thread-safe.</remarks>
/// <param name="maxLength">The most UTF-16 code units to keep; a longer answer is refused, and its text dropped.</param>
internal sealed class AnswerRecorder(int maxLength)
{
    private readonly List<StoredMessage> _messages = [];
    private readonly List<StoredPart> _parts = [];
    private readonly List<int> _pieces = [];
    private readonly StringBuilder _text = new();
    private readonly AdditionalPropertiesDictionary _properties = [];
    private bool _isReasoning;
    private string? _protectedData;
    private string? _messageId;
    private string? _authorName;
    private string? _modelId;
    private string? _responseId;
    private DateTimeOffset? _createdAt;
    private ChatFinishReason? _finishReason;
    private UsageDetails? _usage;
    private bool _hosted;
    private bool _unknownContent;
    private bool _tooLarge;
    private int _length;

    /// <summary>Gets a value indicating whether it is clear already that the answer will not be stored.</summary>
    public bool IsRefused => _hosted || _unknownContent || _tooLarge;

    /// <summary>Adds a whole answer.</summary>
    public void Add(ChatResponse response)
    {
        foreach (var message in response.Messages)
        {
            Add(message.Role, message.Contents);
            _authorName ??= message.AuthorName;
            CloseMessage(message.AdditionalProperties);
        }

        if (response.Usage is { } usage)
        {
            (_usage ??= new UsageDetails()).Add(usage);
        }

        AddFacts(response.ModelId, response.ResponseId, response.CreatedAt, response.FinishReason, response.AdditionalProperties);
        _hosted |= response.ConversationId is not null || response.ContinuationToken is not null;
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

        Add(update.Role ?? ChatRole.Assistant, update.Contents);
        _authorName ??= update.AuthorName;
        AddFacts(update.ModelId, update.ResponseId, update.CreatedAt, update.FinishReason, update.AdditionalProperties);
        _hosted |= update.ConversationId is not null || update.ContinuationToken is not null;
    }

    /// <summary>Makes the stored form of what was recorded, if it may be stored.</summary>
    public AnswerRefusal TryComplete(out StoredAnswer? answer)
    {
        answer = null;
        CloseMessage();
        if (_hosted)
        {
            return AnswerRefusal.Hosted;
        }

        if (_unknownContent)
        {
            return AnswerRefusal.Content;
        }

        if (_tooLarge)
        {
            return AnswerRefusal.TooLarge;
        }

        if (_finishReason != ChatFinishReason.Stop)
        {
            return AnswerRefusal.NotFinished;
        }

        if (!_messages.Any(message => message.Parts.Any(part => !part.IsReasoning && !string.IsNullOrWhiteSpace(part.Text))))
        {
            return AnswerRefusal.NoText;
        }

        answer = new StoredAnswer
        {
            Version = StoredAnswer.CurrentVersion,
            Messages = _messages,
            ModelId = _modelId,
            ResponseId = _responseId,
            CreatedAt = _createdAt,
            Usage = _usage is null ? null : new StoredUsage { InputTokens = _usage.InputTokenCount, OutputTokens = _usage.OutputTokenCount },
            Properties = PrimitiveProperties.ToJson(_properties),
        };
        return AnswerRefusal.None;
    }

    private void Add(ChatRole role, IList<AIContent> contents)
    {
        _unknownContent |= role != ChatRole.Assistant;
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
                    AddPiece(isReasoning: true, reasoning.Text, reasoning.ProtectedData);
                    break;
                default:
                    _unknownContent = true;
                    break;
            }
        }
    }

    private void AddText(TextContent text)
    {
        _unknownContent |= !Citations.TryStore(text.Annotations, out var citations);
        var properties = text.AdditionalProperties is { Count: > 0 } own ? PrimitiveProperties.ToJson(own) : null;
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

    private void AddPiece(bool isReasoning, string text, string? protectedData)
    {
        _length += text.Length;
        if (_tooLarge || _length > maxLength)
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
        _finishReason = finishReason ?? _finishReason;
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
            _messages.Add(new StoredMessage { AuthorName = _authorName, Properties = properties is null ? null : PrimitiveProperties.ToJson(properties), Parts = [.. _parts] });
            _parts.Clear();
        }

        _authorName = null;
    }

    private void ClosePart(IReadOnlyList<StoredCitation>? citations = null, IReadOnlyDictionary<string, JsonElement>? properties = null)
    {
        if (_pieces.Count == 0)
        {
            return;
        }

        var text = _text.ToString();

        // JSON has no way to write half of a surrogate pair: what cannot be replayed as it came is not stored.
        _unknownContent |= !WellFormedText.Is(text);
        _parts.Add(new StoredPart
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
