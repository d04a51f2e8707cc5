using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace RagCaching.AspNetCore.Tests.Hosting;

/// <summary>Middleware of a host, before everything else.</summary>
internal sealed class Before(Func<HttpContext, RequestDelegate, Task> middleware) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(following => context => middleware(context, following));
        next(application);
    };
}
