namespace RagCaching.Redis.Scripts;

/// <summary>The scripts that run on the server.</summary>
internal static class ScriptText
{
    public static string Open { get; } = Read("open");

    public static string Append { get; } = Read("append");

    public static string History { get; } = Read("history");

    public static string Release { get; } = Read("release");

    private static string Read(string name)
    {
        using var stream = typeof(ScriptText).Assembly.GetManifestResourceStream($"RagCaching.Redis.Scripts.{name}.lua")
            ?? throw new InvalidOperationException($"The script '{name}' is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
