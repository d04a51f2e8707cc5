using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Tests.Documentation;

internal static class LexicalGuardSnippets
{
    public static void Configure(IServiceCollection services)
    {
        services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .ConfigureLexicalGuard(options =>
            {
                options.Variant = LexicalGuardVariant.Strict;
                options.Opposites.Add("prod/staging");
                options.ProtectedWords.Add("velorix");
                options.ProtectedWords.Add("velorax");
                options.Synonyms.Add("k8s/kubernetes");
                options.Units.Add("seat/seats");
                options.DisabledRules.Add("Tense");
            });
    }

    public static void Off(IServiceCollection services)
    {
        services.AddRagCaching().ConfigureLexicalGuard(options => options.Enabled = false);
    }
}
