using RagCaching.Onnx.Tokenization;

namespace RagCaching.Onnx.Files;

/// <summary>What is known of a model before it is opened: the options, and where they say nothing, the files beside the model.</summary>
/// <param name="Pooling">How vectors are pooled; <see cref="OnnxPooling.Auto"/> where the model's outputs and the advice decide.</param>
/// <param name="Advice">What the files say about pooling.</param>
/// <param name="Normalize">Whether vectors are scaled to a norm of 1.</param>
/// <param name="MaxTokens">The most tokens of a text.</param>
/// <param name="Rules">How the tokeniser treats characters.</param>
/// <param name="Tokens">The names of the special tokens.</param>
/// <param name="QueryPrefix">What is put before questions.</param>
/// <param name="DocumentPrefix">What is put before documents.</param>
internal sealed record ModelSettings(
    OnnxPooling Pooling, PoolingAdvice Advice, bool Normalize, int MaxTokens, TextRules Rules, SpecialTokens Tokens, string QueryPrefix, string DocumentPrefix)
{
    /// <summary>Gets the settings of a model that came without files.</summary>
    public static ModelSettings Of(OnnxEmbeddingOptions options)
    {
        var lowers = options.LowerCase ?? true;
        return new ModelSettings(
            options.Pooling, PoolingAdvice.None, options.Normalize ?? true, options.MaxTokens ?? OnnxEmbeddingOptions.DefaultMaxTokens, new TextRules(lowers, lowers, SplitIdeographs: true), SpecialTokens.Bert,
            options.QueryPrefix ?? "", options.DocumentPrefix ?? "");
    }

    /// <summary>Reads the settings of the model in a folder.</summary>
    /// <exception cref="InvalidDataException">A file is not what its name says, or names something that is not supported.</exception>
    public static ModelSettings Read(string folder, OnnxEmbeddingOptions options)
    {
        var config = SettingsFile.Read(folder, "config.json");
        var tokenizer = SettingsFile.Read(folder, "tokenizer_config.json");
        var sentences = SettingsFile.Read(folder, "sentence_bert_config.json");
        var prompts = SettingsFile.Read(folder, "config_sentence_transformers.json");
        var modules = SettingsFile.Read(folder, "modules.json");
        CheckKind(tokenizer);
        var lowers = options.LowerCase ?? tokenizer.Boolean("do_lower_case") ?? true;
        var names = SpecialTokens.Bert;
        return new ModelSettings(
            options.Pooling,
            PoolingAdvice.Read(folder, modules),
            options.Normalize ?? (!modules.Exists || modules.Texts("type").Any(type => type.EndsWith(".Normalize", StringComparison.Ordinal))),
            TokenLimit.Of(options, config, tokenizer, sentences),
            new TextRules(lowers, options.LowerCase ?? tokenizer.Boolean("strip_accents") ?? lowers, tokenizer.Boolean("tokenize_chinese_chars") ?? true),
            new SpecialTokens(
                tokenizer.Text("cls_token") ?? names.First, tokenizer.Text("sep_token") ?? names.Last, tokenizer.Text("unk_token") ?? names.Unknown,
                tokenizer.Text("pad_token") ?? names.Padding, tokenizer.Text("mask_token") ?? names.Mask),
            options.QueryPrefix ?? prompts.TextIn("prompts", "query") ?? "",
            options.DocumentPrefix ?? prompts.TextIn("prompts", "document") ?? prompts.TextIn("prompts", "passage") ?? "");
    }

    // What reads words otherwise has a vocabulary of another form, or none.
    private static void CheckKind(SettingsFile tokenizer)
    {
        if (tokenizer.Text("tokenizer_class") is { } kind && kind is not ("BertTokenizer" or "BertTokenizerFast" or "DistilBertTokenizer" or "DistilBertTokenizerFast" or "MPNetTokenizer" or "MPNetTokenizerFast"))
        {
            throw new InvalidDataException($"{tokenizer}: 'tokenizer_class' is '{kind}', but only BERT's WordPiece tokenisation is supported. Choose a model with a vocab.txt and the class BertTokenizer.");
        }
    }
}
