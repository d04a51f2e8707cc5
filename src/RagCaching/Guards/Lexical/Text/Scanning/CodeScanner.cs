namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Finds where addresses, paths, flags and other code end. Every method takes a position and returns the end of the piece that begins there, or the position if none does.</summary>
internal static class CodeScanner
{
    private const int MaxBacktickLength = 60;

    // The longest first half of an address; a bound also keeps the search linear.
    private const int MaxMailName = 64;

    /// <summary>"http://", "https://" or "www." up to a blank, a quote or a bracket. <paramref name="lower"/> is in lower case.</summary>
    public static int Url(ReadOnlySpan<char> lower, int position)
    {
        var rest = lower[position..];
        var prefix = rest.StartsWith("http://", StringComparison.Ordinal) ? 7
            : rest.StartsWith("https://", StringComparison.Ordinal) ? 8
            : rest.StartsWith("www.", StringComparison.Ordinal) ? 4 : 0;
        var end = position + prefix;
        while (prefix > 0 && end < lower.Length && IsInAddress(lower[end]))
        {
            end++;
        }

        return end > position + prefix ? WithoutMarks(lower, position, end) : position;
    }

    /// <summary>An address without "http": a name with a dot, a slash, and what follows.</summary>
    public static int Host(ReadOnlySpan<char> lower, int position)
    {
        var slash = position;
        var last = Math.Min(lower.Length, position + MaxMailName);
        var dot = -1;
        while (slash < last && (char.IsAsciiLetterOrDigit(lower[slash]) || lower[slash] is '.' or '-'))
        {
            dot = lower[slash] == '.' ? slash : dot;
            slash++;
        }

        if (dot <= position || slash - dot <= 2 || slash + 1 >= lower.Length || lower[slash] != '/' || lower[(dot + 1)..slash].ContainsAnyExceptInRange('a', 'z') || !Scanner.IsWordCharacter(lower[slash + 1]))
        {
            return position;
        }

        var end = slash + 1;
        while (end < lower.Length && IsInAddress(lower[end]))
        {
            end++;
        }

        return WithoutMarks(lower, position, end);
    }

    /// <summary>An e-mail address.</summary>
    public static int Mail(ReadOnlySpan<char> text, int position)
    {
        var at = position;
        var last = Math.Min(text.Length, position + MaxMailName);
        while (at < last && (Scanner.IsWordCharacter(text[at]) || text[at] is '.' or '+' or '-'))
        {
            at++;
        }

        if (at == position || at == text.Length || text[at] != '@')
        {
            return position;
        }

        var end = MailPart(text, at + 1);
        if (end == at + 1)
        {
            return position;
        }

        var hasDot = false;
        while (end + 1 < text.Length && text[end] == '.' && MailPart(text, end + 1) is var next && next > end + 1)
        {
            end = next;
            hasDot = true;
        }

        return hasDot ? end : position;
    }

    /// <summary>Text of 1 to 60 characters between backticks, on one line.</summary>
    public static int Backticks(ReadOnlySpan<char> text, int position)
    {
        if (text[position] != '`' || position + 2 >= text.Length || char.IsWhiteSpace(text[position + 1]))
        {
            return position;
        }

        var rest = text.Slice(position + 1, Math.Min(MaxBacktickLength + 1, text.Length - position - 1));
        var end = rest.IndexOfAny('`', '\n');
        return end > 0 && rest[end] == '`' ? position + end + 2 : position;
    }

    /// <summary>A dot and a word, as in ".NET".</summary>
    public static int DotName(ReadOnlySpan<char> text, int position)
    {
        if (text[position] != '.' || position + 1 >= text.Length || !char.IsAsciiLetter(text[position + 1])
            || (position > 0 && (Scanner.IsWordCharacter(text[position - 1]) || text[position - 1] == '.')))
        {
            return position;
        }

        var end = position + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiLetter(text[end + 1]))))
        {
            end++;
        }

        return end < text.Length && Scanner.IsWordCharacter(text[end]) ? position : end;
    }

    /// <summary>"C++", "C#", "F#".</summary>
    public static int SignName(ReadOnlySpan<char> text, int position)
    {
        if (position + 1 >= text.Length || !char.IsAsciiLetter(text[position]) || (position > 0 && char.IsAsciiLetterOrDigit(text[position - 1])))
        {
            return position;
        }

        // "i++" and "x#" are signs after a letter; these are names.
        var end = text[position + 1] == '#' && text[position] is 'c' or 'f' or 'j' ? position + 2
            : text[position] == 'c' && text[position + 1] == '+' && position + 2 < text.Length && text[position + 2] == '+' ? position + 3 : position;
        return end < text.Length && char.IsAsciiLetterOrDigit(text[end]) ? position : end;
    }

    /// <summary>A flag such as "-d" or "--force", after a blank.</summary>
    public static int Flag(ReadOnlySpan<char> text, int position)
    {
        if (text[position] != '-' || !IsAtStart(text, position))
        {
            return position;
        }

        var end = position + 1;
        if (end < text.Length && text[end] == '-')
        {
            end++;
        }

        if (end >= text.Length || !char.IsAsciiLetter(text[end]))
        {
            return position;
        }

        while (end < text.Length && (Scanner.IsWordCharacter(text[end]) || text[end] == '-'))
        {
            end++;
        }

        return end + 1 < text.Length && text[end] == '\'' && Scanner.IsLetterAt(text, end + 1) ? position : end;
    }

    /// <summary>A path or a pattern of file names: "/tmp", "./a", "~/b", "../c", "*.txt", "C:\x".</summary>
    public static int Path(ReadOnlySpan<char> text, int position)
    {
        if (!IsAtStart(text, position))
        {
            return position;
        }

        var rest = text[position..];
        var start = rest switch
        {
            ['/', var c, ..] when Scanner.IsWordCharacter(c) || c == '.' => 1,
            ['~', '/', ..] or ['.', '/', ..] => 2,
            ['.', '.', '/', ..] => 3,
            ['*' or '?', '.', var c, ..] when char.IsAsciiLetter(c) => 2,
            [var drive, ':', '\\', ..] when char.IsAsciiLetter(drive) => 3,
            ['\\', '\\', var c, ..] when char.IsAsciiLetter(c) => 2,
            _ => 0,
        };
        var end = position + start;
        while (start > 0 && end < text.Length && IsInAddress(text[end]) && text[end] is not (',' or ';' or '`'))
        {
            end++;
        }

        var isCut = end + 1 < text.Length && text[end] == '\'' && Scanner.IsLetterAt(text, end + 1);
        return start > 0 && !isCut ? WithoutMarks(text, position, end) : position;
    }

    /// <summary>A face of two or three signs, such as ":)" or ":-(", between blanks.</summary>
    public static int Face(ReadOnlySpan<char> text, int position)
    {
        if (text[position] is not (':' or ';') || !IsAtStart(text, position))
        {
            return position;
        }

        var end = position + 1;
        if (end < text.Length && text[end] is '-' or '\'')
        {
            end++;
        }

        if (end >= text.Length || text[end] is not (')' or '(' or 'D' or 'P' or 'p' or '/' or '|' or '*' or '[' or ']' or '<' or '>'))
        {
            return position;
        }

        end++;
        return end == text.Length || char.IsWhiteSpace(text[end]) || text[end] is '?' or '!' or '.' or ',' ? end : position;
    }

    /// <summary>Whether nothing but a blank, a bracket or a quote stands before.</summary>
    private static bool IsAtStart(ReadOnlySpan<char> text, int position) =>
        position == 0 || char.IsWhiteSpace(text[position - 1]) || text[position - 1] is '(' or '[' or '{' or '"' or '\'' or '`' or ',' || Scripts.Of(text[position - 1]) >= Script.FirstUnspaced;

    private static bool IsInAddress(char c) => !char.IsWhiteSpace(c) && c is not ('<' or '>' or '"' or '\'' or ')' or ']' or '}') && Scripts.Of(c) < Script.FirstUnspaced;

    private static int WithoutMarks(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start + 1 && text[end - 1] is '.' or ',' or '?' or '!' or ':' or ';')
        {
            end--;
        }

        return end;
    }

    private static int MailPart(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && (Scanner.IsWordCharacter(text[position]) || text[position] == '-'))
        {
            position++;
        }

        return position;
    }
}
