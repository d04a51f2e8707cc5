namespace RagCaching.FetchData.Sources;

/// <summary>The public data behind the published figures.</summary>
internal static class Catalogue
{
    private const string EvaluationOnly = "for evaluation only, its texts must not be passed on";

    public static IReadOnlyList<DataSet> Sets { get; } =
    [
        new("banking77", ("PolyAI-LDN/task-specific-datasets", "57ec275d8078af65b7731c2a98be812d844a6d6b"), "CC BY 4.0, Casanueva et al. 2020",
            "error-budget, budget-prior, guarded-streams, inheritance, local-encoder, scale, thresholds, words, exact-search", new("banking_data/train.csv"), new("banking_data/test.csv"))
        { Questions = 6_628, QuestionDigest = "99afc6ccc7fe90593fdefe8458e062c0e7832aac5e67c5a6c2c572d9e25652d7" },
        new("clinc150", ("clinc/oos-eval", "828f8093932c8fe6ca7936c3d2e52903b1c523de"), "CC BY 3.0, Larson et al. 2019",
            "error-budget, budget-prior, guarded-streams, inheritance, local-encoder, scale, shadow, thresholds, words, exact-search", new SourceFile("data/data_full.json"))
        { Questions = 11_808, QuestionDigest = "b51dd9de647adf49b835197aa9fdcc14a2053990fd976c151e667f9aebd740f1" },
        new("disfl-qa", ("google-research-datasets/Disfl-QA", "1f0c16171c77b3d3408be92c485f11b8998a9189"), "CC BY 4.0, Gupta et al. 2021 (questions of SQuAD v2: CC BY-SA 4.0)",
            "budget-prior, lexical-guard, scale, words, exact-search", new("train.json"), new("dev.json"), new("test.json"))
        { Questions = 11_629, QuestionDigest = "7f420ab06c3f4e6d4b19a55bc3c5d8cf887598a7acc2a5a72b940aab4f70e1fc" },
        new("covid-q", ("JerryWei03/COVID-Q", "73dfa475e8a03c5c74223c2c37d85b87fae7dca7"), $"no licence is stated: {EvaluationOnly}; Wei et al. 2020",
            "error-budget, budget-prior, local-encoder, scale, thresholds, exact-search", new SourceFile("final_master_dataset.csv"))
        { Questions = 781, QuestionDigest = "592e127049dfb4d2d2f350fe141d1ea9aaeda15b59563e4af3f3a168be5c2e38", ByHand = "by hand: text, label (category and number of the class), exact repeats dropped; the key of the half is the class" },
        new("qqp-gptcache", ("zilliztech/GPTCache", "c59fb3a6152a4458b2a070ca183b61c4b614095f"), $"Quora's terms, not commercial: {EvaluationOnly}",
            "real-vectors, lexical-guard, error-budget, guarded-streams, thresholds, words, exact-search", new SourceFile("examples/benchmark/similiar_qqp_full.json.gz"))
        { Questions = 69_016, QuestionDigest = "3be6776b1c4bcc1f2ed3f5f6a759d3709e6b20cd4044c1050ed6572f745b1f36", ByHand = "by hand: the file is a tar.gz in spite of its name; pairs, and the questions in the order in which pairs name them" },
        new("medical-question-pairs", ("curai/medical-question-pair-dataset", "6c7f7fd7a53cedc6fec105c0c6cb78f2e9a82cd1"), $"no licence is stated: {EvaluationOnly}; McCreery et al. 2020",
            "lexical-guard, local-encoder, scale, words, exact-search", new SourceFile("mqp.csv"))
        { Questions = 2_283, QuestionDigest = "a504603fc45b300e19eb7e0beabad3490f002c2ee6a669a26f6edb25d820ac26", ByHand = "by hand: pairs, and the questions in the order in which pairs name them" },
        new("paws-qqp", ("uds-lsv/llmft", "3acc3894fa4111d9155190a98a147e3e664ff3da"), $"Quora's texts, labels of Google LLC: {EvaluationOnly}",
            "lexical-guard, exact-search", new SourceFile("data/paws_qqp/dev_and_test.tsv"))
        { Questions = 662, QuestionDigest = "fa6457fc381eb5e828993e1daabd33c1c60d21d11e74851b943b58b2bfe177c8", ByHand = "by hand: byte literals of Python decoded; pairs, and the questions in the order in which pairs name them" },
        new("checklist-qqp", ("marcotcr/checklist", "4e6e5e33a26f30c20ed602b2050f6c73e123cc23"), $"MIT; rows of tests that perturb Quora's questions {EvaluationOnly}; Ribeiro et al. 2020",
            "lexical-guard, exact-search", new SourceFile("release_suites/qqp_suite.tar.gz"))
        { Questions = 6_745, QuestionDigest = "34e259728aa2571d3bb1af0b5c72e3ad0893d263c8c369e44eacc483700e2a0f", ByHand = "by hand: a pickle, to be read without its classes; at most 200 pairs a test; the test of asymmetric relations with label 0" },
        new("trec-cast", ("daltonj/treccastweb", "33846610b736da392efeab00e4c6f4519e0dacf1"), "MIT", "exact-search, and the tests of conversations")
        { Questions = 1_160, QuestionDigest = "00d0a590e581071b8e15075facd5a6b0319cb763a09b64dda4cf59a31a7f8d74", ByHand = "by hand: topics of 2019 to 2022 with their resolved forms; the key of the half is \"YEAR|TOPIC\"" },
        new("bing-coronavirus-queries", ("microsoft/BingCoronavirusQuerySet", "decc93986ee6e8b80eb35164a2dcec75d4fce2f9"), "O-UDA 1.0, Microsoft, as is and without warranty",
            "none so far: queries by day and popularity",
            new("data/2020/QueriesByCountry_2020-01-01_2020-01-31.tsv", "6d5b769a985d2879659d1a6b81a092088531517ba1f5a1ab5af9fa53b96be08a"),
            new("data/2020/QueriesByState_2020-01-01_2020-01-31.tsv", "b62e5014fa4609a791a168afa1afa9c2983608eb03a3a2fa5430af6eddfbddfe")),
        new("azure-llm-trace-2023", ("Azure/AzurePublicDataset", "b469a113cedca53ddc3bdea71a143dc4b7d8700c"), "CC BY 4.0, Patel et al. 2024", "none so far: arrivals and token counts",
            new("data/AzureLLMInferenceTrace_code.csv", "54e9a6d2a4bd06ba1e060304b900abbc74cbea53de96506e60fe5bb4f2277fb6"),
            new("data/AzureLLMInferenceTrace_conv.csv", "2f1e5b666d4e3055fdbba98598ce2ec307767b9064e03e2fa46676dbcc7d0bf8")),
        new("mooncake-fast25", ("kvcache-ai/Mooncake", "3b5a594133958449a1feaf1c9e0fc1b553e34a28"), "Apache-2.0, Qin et al. 2025", "none so far: arrivals",
            new("FAST25-release/traces/conversation_trace.jsonl", "b8cbb061a85206d729d91cdc2981f43c9e0d99209dce588d3af5f7934408b9df"),
            new("FAST25-release/traces/synthetic_trace.jsonl", "bd070915a98fc0ed264d7cfef2ce746002eb3076a695ec31ba2674c0111ec131")),
        new("cache-access-traces", ("ben-manes/caffeine", "ccef95542a9181182a60f5c6c33d2a0642c73574"), "the repository is Apache-2.0; the traces carry no terms of their own", "eviction-hit-rates of exact-search")
        { ByHand = "by hand: the resources of the simulator's parsers lirs, cache2k and scarab, keys renumbered by first appearance, one a line (NAME.keys.gz)" },
    ];

    public static void Write(TextWriter output)
    {
        foreach (var set in Sets)
        {
            output.WriteLine($"{set.Name}{(set.Questions > 0 ? $", {set.Questions} questions" : "")}");
            output.WriteLine($"  github.com/{set.Repository.Name}, commit {set.Repository.Commit}");
            output.WriteLine($"  licence: {set.Licence}");
            output.WriteLine($"  figures: {set.Figures}");
            output.WriteLine($"  made:    {set.ByHand ?? (set.QuestionDigest is null ? "used as it is" : "by convert")}");
        }
    }
}
