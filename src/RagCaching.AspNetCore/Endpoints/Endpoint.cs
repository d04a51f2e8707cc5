using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;
using RagCaching.Internal.Limits;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>What all endpoints have in common: headers, the checks of requests that change something, and problems instead of stack traces.</summary>
internal sealed partial class Endpoint(RagCachingEndpointOptions options, ILogger logger, TimeProvider time)
{
    /// <summary>The header that a page of another site cannot send without asking first.</summary>
    public const string Header = "X-RagCaching";

    private static readonly TimeSpan LeastLogInterval = TimeSpan.FromMinutes(1);

    private readonly RateLimit _failures = new(time, LeastLogInterval);

    public RequestDelegate Get(Func<OwnerCall, Task> handle) => context => RunAsync(context, handle, isPost: false);

    public RequestDelegate Post(Func<OwnerCall, Task> handle) => context => RunAsync(context, handle, isPost: true);

    private async Task RunAsync(HttpContext context, Func<OwnerCall, Task> handle, bool isPost)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        try
        {
            if (isPost)
            {
                CheckOrigin(context.Request);
            }

            await handle(new OwnerCall(context, options)).ConfigureAwait(false);
        }
        catch (Refusal refusal)
        {
            await SayAsync(context, refusal.Status, refusal.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await SayAsync(context, exception.StatusCode, "The server could not read this request, or it is longer than the host allows.").ConfigureAwait(false);
        }
        catch (NotSupportedException exception) when (!context.Response.HasStarted)
        {
            NotSupported(logger, context.Request.Path, exception.GetType().Name);
            await SayAsync(context, StatusCodes.Status501NotImplemented, "The store of this cache cannot do this.").ConfigureAwait(false);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Report(context, exception);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await SayAsync(context, StatusCodes.Status500InternalServerError, "The cache could not do this. The log of the host says why.").ConfigureAwait(false);
        }
    }

    // A form of another site can be sent with the cookies of a signed-in owner, but neither with this type nor with this header.
    private static void CheckOrigin(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new Refusal("The body must be JSON, with the content type application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.Headers[Header] != "1")
        {
            throw new Refusal($"The header '{Header}: 1' is missing. It keeps other sites from sending this request.");
        }
    }

    // What an exception says could hold questions: it is for those to whom they are shown.
    private void Report(HttpContext context, Exception exception)
    {
        if (_failures.TryPass())
        {
            Failed(logger, context.Request.Path, exception.GetType().FullName!, options.EnableSensitiveData ? exception : null);
        }
    }

    // The headers that the host has set stay; one that belongs to what was to be sent does not.
    private static ValueTask SayAsync(HttpContext context, int status, string sentence)
    {
        context.Response.Headers.ContentDisposition = default;
        context.Response.StatusCode = status;
        return OwnerJson.WriteAsync(context, new ProblemReply("The request was refused.", status, sentence), OwnerJson.Default.ProblemReply, "application/problem+json");
    }

    [LoggerMessage(6001, LogLevel.Error, "The owner's endpoint {Path} failed ({ErrorType}).")]
    private static partial void Failed(ILogger logger, string path, string errorType, Exception? exception);

    [LoggerMessage(6003, LogLevel.Debug, "The store of the cache cannot do what the owner's endpoint {Path} is for ({ErrorType}).")]
    private static partial void NotSupported(ILogger logger, string path, string errorType);
}
