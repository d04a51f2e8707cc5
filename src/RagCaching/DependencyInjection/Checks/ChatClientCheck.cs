using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Internal.Text;

namespace RagCaching.DependencyInjection.Checks;

/// <summary>Fails the start of a host where a part of a cache is to ask a chat client that is not registered.</summary>
internal sealed class ChatClientCheck(IServiceCollection services) : IValidateOptions<SemanticCacheOptions>
{
    public ValidateOptionsResult Validate(string? name, SemanticCacheOptions options)
    {
        string[] faults =
        [
            .. services.Select(service => !service.IsKeyedService ? service.ImplementationInstance as ChatClientUse : null).OfType<ChatClientUse>()
                .Where(use => OptionsNames.Of(use.CacheKey) == (name ?? Options.DefaultName) && !IsRegistered(use.ClientKey))
                .Select(FaultOf),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private bool IsRegistered(object? key) => services.Any(service =>
        service.ServiceType == typeof(IChatClient) && (key is null ? !service.IsKeyedService : service.IsKeyedService && (Equals(service.ServiceKey, key) || service.ServiceKey == KeyedService.AnyKey)));

    private string FaultOf(ChatClientUse use)
    {
        string[] keys = [.. services.Where(service => service.ServiceType == typeof(IChatClient) && service.IsKeyedService).Select(service => service.ServiceKey!.ToString() ?? "").Distinct(StringComparer.Ordinal)];
        var known = keys.Length == 0 ? "" : $" There are chat clients with the keys {string.Join(", ", keys.Select(key => $"'{key}'"))}.";
        return use.ClientKey is null
            ? $"{use.Method} needs a chat client without a key and none is registered.{known} Name a key in {use.Method}, or add services.AddChatClient(...)."
            : $"{use.Method} needs a chat client with the key '{use.ClientKey}' and none is registered.{known}{NearestName.Hint(use.ClientKey.ToString() ?? "", keys)} Add services.AddKeyedChatClient(\"{use.ClientKey}\", ...).";
    }
}
