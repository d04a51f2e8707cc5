using RagCaching.Onnx.Files;
using RagCaching.Onnx.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests.Files;

public sealed class ModelSettingsTests
{
    [Fact]
    public void Read_NoFiles_TakesTheDefaults()
    {
        using var folder = new ModelFolder();

        Assert.Equal(ModelSettings.Of(new()), ModelSettings.Read(folder.Path, new()));
        Assert.Equal(256, ModelSettings.Of(new()).MaxTokens);
    }

    [Fact]
    public void Read_FilesOfASentenceTransformer_AreUsed()
    {
        using var folder = new ModelFolder()
            .With("config.json", """{ "model_type": "bert", "max_position_embeddings": 512 }""")
            .With("sentence_bert_config.json", """{ "max_seq_length": 384, "do_lower_case": false }""")
            .With("tokenizer_config.json", """{ "tokenizer_class": "BertTokenizer", "do_lower_case": false, "strip_accents": true, "cls_token": "<s>", "sep_token": { "content": "</s>" }, "model_max_length": 1000000000000000019884624838656 }""")
            .With("config_sentence_transformers.json", """{ "prompts": { "query": "ask: ", "passage": "say: " } }""")
            .With("modules.json", """[{ "type": "sentence_transformers.models.Transformer" }, { "type": "sentence_transformers.models.Pooling" }]""")
            .With("1_Pooling/config.json", """{ "word_embedding_dimension": 384, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false }""");

        var settings = ModelSettings.Read(folder.Path, new());

        Assert.Equal(384, settings.MaxTokens);
        Assert.Equal((false, true, true), (settings.Rules.LowerCase, settings.Rules.StripAccents, settings.Rules.SplitIdeographs));
        Assert.Equal(("<s>", "</s>", "[UNK]"), (settings.Tokens.First, settings.Tokens.Last, settings.Tokens.Unknown));
        Assert.Equal(("ask: ", "say: "), (settings.QueryPrefix, settings.DocumentPrefix));
        Assert.Equal(OnnxPooling.FirstToken, settings.Advice.Pooling);
        Assert.False(settings.Normalize);
    }

    [Fact]
    public void Read_Options_CountMoreThanFiles()
    {
        using var folder = new ModelFolder()
            .With("config.json", """{ "max_position_embeddings": 512 }""")
            .With("tokenizer_config.json", """{ "do_lower_case": false }""")
            .With("config_sentence_transformers.json", """{ "prompts": { "query": "ask: " } }""")
            .With("modules.json", "[]");

        var settings = ModelSettings.Read(folder.Path, new() { MaxTokens = 64, LowerCase = true, QueryPrefix = "", Normalize = true, Pooling = OnnxPooling.Mean });

        Assert.Equal((64, true, true, "", true, OnnxPooling.Mean), (settings.MaxTokens, settings.Rules.LowerCase, settings.Rules.StripAccents, settings.QueryPrefix, settings.Normalize, settings.Pooling));
    }

    [Theory]
    [InlineData("""{ "model_max_length": 128 }""", """{ "max_position_embeddings": 512 }""", 128)]
    [InlineData("""{ "model_max_length": 1e30 }""", """{ "max_position_embeddings": 512 }""", 512)]
    [InlineData("""{ "model_max_length": 1024 }""", """{ "max_position_embeddings": 512 }""", 512)]
    [InlineData("{}", "{}", 256)]
    public void Read_MaxTokens_IsWhatPipelineAndPositionsAllow(string tokenizer, string config, int expected)
    {
        using var folder = new ModelFolder().With("tokenizer_config.json", tokenizer).With("config.json", config);

        Assert.Equal(expected, ModelSettings.Read(folder.Path, new()).MaxTokens);
    }

    [Theory]
    [InlineData("config.json", "[1]", "is not an object")]
    [InlineData("config.json", "{", "is not JSON")]
    [InlineData("config.json", """{ "max_position_embeddings": "many" }""", "'max_position_embeddings' must be a number")]
    [InlineData("tokenizer_config.json", """{ "do_lower_case": 1 }""", "'do_lower_case' must be true or false")]
    [InlineData("tokenizer_config.json", """{ "tokenizer_class": "XLMRobertaTokenizer" }""", "'tokenizer_class' is 'XLMRobertaTokenizer'")]
    [InlineData("modules.json", "{}", "is not a list")]
    public void Read_FileThatIsWrong_IsNamed(string name, string content, string expected)
    {
        using var folder = new ModelFolder().With(name, content);

        var message = Assert.Throws<InvalidDataException>(() => ModelSettings.Read(folder.Path, new())).Message;

        Assert.StartsWith(Path.Combine(folder.Path, name), message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MoreTokensThanPositions_NamesOptionAndFile()
    {
        using var folder = new ModelFolder().With("config.json", """{ "max_position_embeddings": 512 }""");

        var message = Assert.Throws<InvalidDataException>(() => ModelSettings.Read(folder.Path, new() { MaxTokens = 513 })).Message;

        Assert.Contains("OnnxEmbeddingOptions.MaxTokens is 513", message, StringComparison.Ordinal);
        Assert.Contains("config.json", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_Pooling/config.json", """{ "pooling_mode_max_tokens": true }""", "pooling_mode_max_tokens")]
    [InlineData("1_Pooling/config.json", """{ "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true }""", "pooling_mode_cls_token and pooling_mode_mean_tokens")]
    [InlineData("modules.json", """[{ "type": "sentence_transformers.models.Dense" }]""", "sentence_transformers.models.Dense")]
    public void Open_PoolingThatIsNotSupported_IsAnErrorUnlessTheModelPools(string name, string content, string expected)
    {
        using var tokens = ModelFolder.OfTokens().With(name, content);
        using var pooled = new ModelFolder(TinyModel.Highest(TinyModel.Ids(ModelFolder.Words), ModelFolder.Words), ModelFolder.Vocabulary).With(name, content);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Open(tokens.Path)).Message, StringComparison.Ordinal);
        OnnxEmbeddingGenerator.Open(pooled.Path).Dispose();
    }
}
