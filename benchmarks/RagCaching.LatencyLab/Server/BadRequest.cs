using Microsoft.AspNetCore.Http;
using RagCaching.LatencyLab.Server.Wire;

namespace RagCaching.LatencyLab.Server;

/// <summary>Refuses a request in the form that clients of this API expect.</summary>
internal static class BadRequest
{
    public static Task WriteAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        var error = new ErrorResponse(new ErrorDetail(message, "invalid_request_error"));
        return context.Response.WriteAsJsonAsync(error, WireContext.Default.ErrorResponse, cancellationToken: context.RequestAborted);
    }
}
