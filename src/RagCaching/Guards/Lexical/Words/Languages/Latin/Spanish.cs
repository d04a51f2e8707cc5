namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Spanish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Spanish
{
    public const string Table = """
        stop: cuesta cuestan el la los las un una unos unas de del al a en y o u e que se me te le les lo nos mi mis tu tus su sus es son está están estoy estás ser estar era fue hay ha he han hemos puedo puede puedes pueden podría debo debe quiero quiere tengo tiene tienes por para con como cómo qué cuál cuáles si yo él ella ellos este esta estos estas ese esa eso esto muy más pero cuando donde favor hacer hago hace necesito necesita necesitamos bastan basta quisiera quisiéramos somos tenemos tienen podemos también ya solo sólo aquí allí todavía aún saber sabe alguna alguno algún
        marker: de del al a en por para con desde hasta entre sin sobre como cómo
        and: y e
        or: o u
        how: cómo como
        who: quién quiénes quien
        where: dónde adónde donde
        when: cuándo cuando
        why: porqué
        many: cuánto cuánta cuántos cuántas cuanto cuantos
        not: no nunca jamás sin ni ningún ninguna ninguno nadie nada tampoco
        opp: leer/escribir aceptar/rechazar acepto/rechazo subo/bajo conecto/desconecto bloqueo/desbloqueo añado/elimino sube/baja gano/pierdo activo/inactivo activo/desactivo activar/desactivar activado/desactivado encender/apagar enciendo/apago abrir/cerrar abierto/cerrado abro/cierro instalar/desinstalar instalo/desinstalo conectar/desconectar bloquear/desbloquear añadir/eliminar añadir/quitar agregar/eliminar crear/eliminar comprar/vender compro/vendo subir/bajar aumentar/disminuir aumentar/reducir aumento/reduzco antes/después antes/despues más/menos mayor/menor mejor/peor grande/pequeño alto/bajo máximo/mínimo caro/barato rápido/lento caliente/frío nuevo/viejo joven/viejo primero/último izquierda/derecha arriba/abajo dentro/fuera norte/sur este/oeste permitido/prohibido legal/ilegal público/privado hombre/mujer padre/madre hijo/hija hermano/hermana hoy/mañana ayer/hoy ayer/mañana verano/invierno primavera/otoño entrada/salida llegada/salida entrar/salir con/sin importar/exportar enviar/recibir ganar/perder verdadero/falso seguro/peligroso prestar/pedir siempre/nunca día/noche gratis/pago gratuito/pago lleno/vacío fácil/difícil claro/oscuro fuerte/débil mojado/seco cerca/lejos bueno/malo buena/mala bien/mal rico/pobre largo/corto larga/corta temprano/tarde dulce/salado duro/blando positivo/negativo masculino/femenino niño/niña nacer/morir llegar/salir llega/sale llegan/salen entro/salgo entra/sale subir/bajar empieza/termina empezar/terminar comienza/termina empiezo/termino abre/cierra abren/cierran abierta/cerrada abiertos/cerrados encendido/apagado enciende/apaga apruebo/suspendo aprobar/suspender aprobar/rechazar permitir/prohibir permite/prohíbe permitida/prohibida quito/pongo poner/quitar pongo/quito meter/sacar meto/saco depositar/retirar ingresar/retirar empujar/tirar amar/odiar encontrar/perder dar/recibir ventaja/desventaja ventajas/desventajas amigo/enemigo guerra/paz victoria/derrota ganancia/pérdida ingresos/gastos tío/tía abuelo/abuela marido/esposa esposo/esposa delante/detrás adelante/atrás encima/debajo fresco/congelado crudo/cocido próximo/pasado próxima/pasada primera/última todo/nada alguien/nadie algo/nada acelerar/frenar vivo/muerto soltero/casado caliente/fría fríos/calientes cara/barata nueva/vieja alta/baja aumento/disminución suma/resta sumar/restar multiplicar/dividir mediodía/medianoche
        months: enero|ene febrero|feb marzo abril|abr mayo junio|jun julio|jul agosto|ago septiembre|setiembre|sept|sep octubre|oct noviembre|nov diciembre|dic
        days: lunes martes miércoles|miercoles jueves viernes sábado|sabado|sábados domingo|domingos
        num: cero=0 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 docena=12 doscientos=200 trescientos=300 quinientos=500 veintiuno=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 cuatrocientos=400 seiscientos=600 setecientos=700 ochocientos=800 novecientos=900
        ord: primer|primero|primera segundo|segunda tercer|tercero|tercera cuarto|cuarta quinto|quinta sexto|sexta séptimo|séptima octavo|octava noveno|novena décimo|décima
        times: doble=2 duplica=2 duplicar=2 triple=3 triplica=3 medio=0.5 media=0.5 mitad=0.5
        mult: cien=100 ciento=100 mil=1000 millón=1000000 millones=1000000 billón=1000000000000 billones=1000000000000
        unit: sec segundos
        unit: min minuto minutos
        unit: hr hora horas
        unit: day día días dia dias
        unit: week semana semanas
        unit: month mes meses
        unit: year año años
        unit: m metro metros
        unit: km kilómetro kilómetros
        unit: mi milla millas
        unit: kg kilogramo kilogramos
        unit: g gramo gramos
        unit: l litro litros
        unit: lb libra libras
        unit: percent porciento
        unit: °c grado grados
        currency: usd dólar dólares dolar dolares
        currency: mxn peso pesos
        same: contraseña clave
        same: celular móvil teléfono
        same: computadora ordenador
        same: coche carro auto automóvil
        same: precio cuesta costo coste
        same: correo email e-mail
        same: boleto billete entrada
        same: restablecer restablezco cambiar cambio
        prefix: in im des i ir dis anti
        contrary: em/des im/ex en/des sub/baj
        per: por al
        """;
}
