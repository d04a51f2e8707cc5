namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Portuguese. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Portuguese
{
    public const string Table = """
        stop: custa custam o a os as um uma uns umas de do da dos das em no na nos nas ao aos à às e ou que se me te lhe nos eu tu você vocês ele ela eles elas meu minha meus minhas seu sua seus suas é são está estão estou ser estar era foi há tem tenho têm posso pode podem poderia devo deve quero quer por para com como qual quais isso isto este esta esse essa muito mais mas quando onde favor fazer faço faz pelo pela preciso precisa precisamos basta bastam gostaria somos temos podemos também já só aqui ali ainda saber algum alguma consigo
        marker: de do da dos das em no na nos nas ao à por para com desde até entre sem sobre como pelo pela
        and: e
        or: ou
        how: como
        who: quem
        where: onde aonde
        when: quando
        why: porque porquê
        many: quanto quanta quantos quantas
        not: não nao nunca jamais sem nem nenhum nenhuma ninguém nada
        opp: ler/escrever aceitar/recusar ativo/desativo abro/fecho instalo/desinstalo conecto/desconecto bloqueio/desbloqueio sobe/desce ativar/desativar activar/desactivar ativo/inativo ativo/desativo ativado/desativado ligar/desligar ligo/desligo abrir/fechar aberto/fechado aberta/fechada instalar/desinstalar conectar/desconectar bloquear/desbloquear adicionar/remover adicionar/excluir criar/excluir comprar/vender compro/vendo subir/descer aumentar/diminuir aumentar/reduzir antes/depois mais/menos maior/menor melhor/pior grande/pequeno alto/baixo máximo/mínimo caro/barato rápido/lento quente/frio novo/velho jovem/velho primeiro/último esquerda/direita dentro/fora norte/sul leste/oeste permitido/proibido legal/ilegal público/privado homem/mulher pai/mãe filho/filha irmão/irmã hoje/amanhã ontem/hoje ontem/amanhã verão/inverno primavera/outono entrada/saída chegada/partida entrar/sair com/sem importar/exportar enviar/receber ganhar/perder verdadeiro/falso seguro/perigoso sempre/nunca dia/noite manhã/noite depositar/sacar grátis/pago gratuito/pago cheio/vazio fácil/difícil claro/escuro forte/fraco molhado/seco perto/longe bom/mau boa/má bem/mal rico/pobre longo/curto cedo/tarde doce/salgado duro/mole positivo/negativo masculino/feminino menino/menina nascer/morrer chegar/partir chega/parte chega/sai entra/sai entro/saio começa/termina começar/terminar abre/fecha abrem/fecham abertos/fechados acender/apagar acendo/apago aceito/recuso permitir/proibir permitida/proibida colocar/tirar pôr/tirar depositar/retirar levantar/depositar empurrar/puxar amar/odiar encontrar/perder dar/receber vantagem/desvantagem vantagens/desvantagens amigo/inimigo guerra/paz vitória/derrota lucro/prejuízo receitas/despesas tio/tia avô/avó marido/esposa frente/trás cima/baixo fresco/congelado cru/cozido próximo/passado próxima/passada primeira/última tudo/nada alguém/ninguém vivo/morto solteiro/casado fria/quente cara/barata nova/velha alta/baixa soma/subtração somar/subtrair multiplicar/dividir alugar/comprar aprovado/reprovado meio-dia/meia-noite
        months: janeiro|jan fevereiro|fev março abril|abr maio junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez
        days: segunda|segunda-feira terça|terça-feira quarta|quarta-feira quinta|quinta-feira sexta|sexta-feira sábado|sabado domingo
        num: zero=0 dois=2 duas=2 três=3 tres=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 treze=13 catorze=14 quatorze=14 quinze=15 dezesseis=16 dezessete=17 dezoito=18 dezenove=19 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 dúzia=12 duzentos=200 trezentos=300 quinhentos=500
        times: dobro=2 duplo=2 dobra=2 triplo=3 triplica=3 meio=0.5 meia=0.5 metade=0.5
        mult: cem=100 cento=100 mil=1000 milhão=1000000 milhões=1000000 bilhão=1000000000 bilhões=1000000000 trilhão=1000000000000 trilhões=1000000000000
        unit: sec segundos
        unit: min minuto minutos
        unit: hr hora horas
        unit: day dia dias
        unit: week semana semanas
        unit: month mês meses
        unit: year ano anos
        unit: m metro metros
        unit: km quilômetro quilômetros
        unit: mi milha milhas
        unit: kg quilo quilos
        unit: g grama gramas
        unit: l litro litros
        unit: lb libra libras
        unit: °c grau graus
        currency: usd dólar dólares dolares
        currency: brl real reais
        same: senha palavra-passe
        same: celular telemóvel telefone
        same: computador pc
        same: carro automóvel
        same: preço custa custo
        same: bilhete passagem ingresso
        prefix: in im des i ir dis anti
        contrary: em/des im/ex en/des
        per: por ao
        """;
}
